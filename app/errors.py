"""Everything that this project raises on purpose.

    OneIdError                 code, message, field, suggestion
      NotAllowed               the answer is no: a rule of the policy, a scope, a brand
      BadInput                 what the caller sent cannot be meant that way
        QueryFileInvalid       a file under cypher/ breaks its own header
        ParametersMismatch     a query was called with other parameters than it declares
      Misconfigured            settings, or the machine: something to install or to set
        MigrationRefused       schema/graph and the graph tell different histories
      Unavailable              the database did not answer, or not in time
        TimedOut               the statement was ended in the database

`code` is what a program compares (UPPER_CASE, part of the contract), `message` is for people, `field` is the
path of the input that it is about, `suggestion` says what to do. None of them ever holds a personal value.
"""


class OneIdError(Exception):
    """An error with an answer: a code to compare, a sentence, the input's path, and what to do about it."""

    code = "ERROR"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        field: tuple[str, ...] = (),
        suggestion: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.field = field
        self.suggestion = suggestion


class NotAllowed(OneIdError):
    """The input is understood, and refused."""

    code = "NOT_ALLOWED"


class BadInput(OneIdError):
    """The input is not understood; usage, shape or value."""

    code = "BAD_USER_INPUT"


class QueryFileInvalid(BadInput):
    """A query file breaks the contract of its header: found when the program starts."""

    code = "QUERY_FILE_INVALID"


class ParametersMismatch(BadInput):
    """A query was given other parameters than its header declares: raised before anything is sent."""

    code = "PARAMETERS_MISMATCH"


class Misconfigured(OneIdError):
    """A setting or the machine stands in the way; `suggestion` is the command or the line that mends it."""

    code = "MISCONFIGURED"


class MigrationRefused(Misconfigured):
    """The migration files are not a continuation of what the graph has been through."""

    code = "MIGRATION_REFUSED"


class Unavailable(OneIdError):
    """The database did not answer in time; the same request may succeed later."""

    code = "UNAVAILABLE"


class TimedOut(Unavailable):
    """The statement ran longer than it may, and was ended in the database."""

    code = "TIMEOUT"
