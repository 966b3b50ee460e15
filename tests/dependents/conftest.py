"""What the tests of dependents share with those of people."""

from tests.profile.conftest import Find, Tell, find, identity, tell

__all__ = ["Find", "Tell", "find", "identity", "tell"]
