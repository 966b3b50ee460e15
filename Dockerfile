# The service: the program as in the checkout, on exactly the packages of requirements.txt.
FROM python:3.11-slim

# Charts as PNG have Chinese labels.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/oneid
COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY app app
COPY cypher cypher
COPY schema schema
COPY seed seed
RUN printf '#!/bin/sh\nexec python -m app "$@"\n' > /usr/local/bin/oneid && chmod +x /usr/local/bin/oneid \
    && useradd --system oneid && mkdir .data && chown oneid .data

# The user has no home to keep a list of fonts in.
ENV PYTHONPATH=/srv/oneid PYTHONUNBUFFERED=1 MPLCONFIGDIR=/srv/oneid/.data/fonts
USER oneid
EXPOSE 8000
ENTRYPOINT ["oneid"]
CMD ["serve", "--host", "0.0.0.0", "--published"]
