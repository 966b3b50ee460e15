"""What one could do about two identifiers that are not one person, in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app.identity.explain.answers import Blocker, NextStep
from app.identity.explain.words import called, listed


def advice(step: NextStep, blockers: Sequence[Blocker]) -> str:
    """A next step as an instruction, to go on after a colon."""
    names = listed(map(called, step.identifiers))
    match step.operation:
        case "link":
            return f"link {names}, if you know that they are one person"
        case "approveProposals":
            return f"approve that {names} are one person"
        case "unlink":
            return f"unlink {names}, if it is not theirs"
        case "undo":
            return f"undo the operation {step.undoes}" if step.undoes else f"undo the block of {names}"
        case "restore":
            return f"restore {names} once consent has returned: later observations count again"
        case "jobRun":
            return "wait a minute, or run the job replay-pending"
        case "policyApply":
            return _policy(blockers[step.blocker or 0])
        case _ if step.blocker is None:
            return f"check the spelling of {names}, or wait until a source reports it"
    return f"wait until a verified source reports {names} again"


def _policy(blocker: Blocker) -> str:
    limit, kinds = blocker.limit, listed(dict.fromkeys(one.kind for one in blocker.blocked_by))
    if limit is not None:
        name = "limit" if limit.scope is None else "limit_per_scope"
        what = f"{name} of {listed(limit.kinds)}" if limit.kinds else "max_identifiers_per_person"
        change = f"raise {what} from {limit.most} to {limit.held}"
    else:
        change = {
            "SHARED": f"raise shared_after of {kinds}",
            "CONTRADICTION": f"take {blocker.attribute} out of contradictions",
            "NEUTRAL": f"take another `conflict` than neutral for {kinds}",
        }.get(blocker.reason, "end the isolation of brands")
    return f"{change} in the policy, for everybody"
