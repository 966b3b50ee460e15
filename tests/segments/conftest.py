"""The same graph, identity and statements as tests of jobs have."""

from tests.jobs.conftest import cypher, identity

__all__ = ["cypher", "identity"]
