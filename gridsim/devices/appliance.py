"""Runs of appliances: exact times in seconds, spread over steps by overlap."""

from gridsim.core.kernel import kernel


@kernel
def overlap(start_s, end_s, step_start_s, step_s):  # type: ignore[no-untyped-def]
    """Return the share of a step that lies within a run.

    Shares of successive steps, times ``step_s``, add up to ``end_s - start_s`` whatever the step.

    Parameters
    ----------
    start_s, end_s : float
        First second of the run and first second after it. [s]
    step_start_s, step_s : float
        Start and length of the step. [s]

    Returns
    -------
    float
        Share of the step, 0-1.
    """
    first = max(start_s, step_start_s)
    last = min(end_s, step_start_s + step_s)
    return max(last - first, 0.0) / step_s
