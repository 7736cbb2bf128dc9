"""A programmable thermostat that follows the price both ways, without being asked."""

from gridsim.core.kernel import kernel


@kernel
def set_point_shift(log_ratio, slope_k, tolerance_k, dead):  # type: ignore[no-untyped-def]
    """Return by how much the machine lowers the set point; negative stores heat ahead. [K]

    Parameters
    ----------
    log_ratio : float
        ln of the published price over the usual mean.
    slope_k, tolerance_k : float
        Kelvin per unit of ``log_ratio``, and the most that its owner bears; half of it is allowed
        upwards (assumed).
    dead : float
        ln of the price ratio, either way, up to which the machine does nothing.
    """
    beyond = max(log_ratio - dead, 0.0) + min(log_ratio + dead, 0.0)
    return min(max(slope_k * beyond, -0.5 * tolerance_k), tolerance_k)
