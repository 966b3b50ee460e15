"""What there is to import on a first day: an invented group with its truth, and two public data sets."""
