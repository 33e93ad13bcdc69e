"""Two claims of one injury made one: compared, the later merged into the one reported first, and that undone."""

from core.merging.acts import (
    ComparedBefore,
    NotMerged,
    RepresentativeLost,
    WorkedOnSince,
    left_out,
    merge,
    unmerge,
)
from core.merging.comparing import (
    AnotherWorker,
    BothReached,
    ClockPaused,
    Comparison,
    DeathsDiffer,
    Difference,
    MergedAlready,
    NoOtherClaim,
    NotMergeable,
    OthersMergedInto,
    SeveralClaims,
    TwoRepresentatives,
    compare,
)

__all__ = [
    "AnotherWorker",
    "BothReached",
    "ClockPaused",
    "ComparedBefore",
    "Comparison",
    "DeathsDiffer",
    "Difference",
    "MergedAlready",
    "NoOtherClaim",
    "NotMergeable",
    "NotMerged",
    "OthersMergedInto",
    "RepresentativeLost",
    "SeveralClaims",
    "TwoRepresentatives",
    "WorkedOnSince",
    "compare",
    "left_out",
    "merge",
    "unmerge",
]
