"""The faults on purpose are ready for the audit: each patch fits the tree as it is."""

from pathlib import Path

import pytest

from tests.faults.mutants.mutant import DoesNotApplyError, Mutant, copy, mutants

GUARANTEES = {"equal", "once", "order", "prompt", "acked", "committed", "access"}


def test_there_are_six_and_each_names_the_assertion_that_must_notice_it() -> None:
    found = {mutant.path.stem: mutant.fails for mutant in mutants()}
    assert len(found) == 6
    assert set(found.values()) <= GUARANTEES


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.path.stem)
def test_a_mutant_still_applies_to_the_tree(mutant: Mutant, tmp_path: Path) -> None:
    copy(mutant.touched, tmp_path)
    mutant.apply(tmp_path)
    with pytest.raises(DoesNotApplyError, match=r"no longer applies: error: .+"):
        mutant.apply(tmp_path)
