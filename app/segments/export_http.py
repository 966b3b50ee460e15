"""GET /exports/{id}: the file itself, for callers who could have asked for it."""

from starlette.responses import FileResponse, JSONResponse, Response

from app.context import Context
from app.errors import NotAllowed
from app.segments import export_asked
from app.segments.export_asked import check_caller

_TYPES = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}


async def download(context: Context | None, key: str) -> Response:
    """The file; else 401 without a caller, 403 for one who may not see it, 404 where it is not or not any
    more, 409 until it is written.
    """
    if context is None:
        return _no(401, "UNAUTHENTICATED", "say who asks")
    one = await export_asked.read(context.reader(), key)
    if one is None or (one.expires is not None and one.expires <= context.as_of):
        return _no(404, "NOT_FOUND", "there is no such file, or it has expired")
    try:
        check_caller(one, context.scopes, context.caller.brands)
    except NotAllowed as refusal:
        return _no(403, refusal.code, refusal.message)
    if one.status != "DONE":
        return _no(409, "NOT_READY", f"the file is {one.status}")
    file = export_asked.folder(context.graph) / one.file
    if not file.is_file():
        return _no(404, "NOT_FOUND", "the file lies on another machine: data folders must be shared")
    return FileResponse(
        file, media_type=_TYPES[one.format], filename=one.file, headers={"Cache-Control": "no-store"}
    )


def _no(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
