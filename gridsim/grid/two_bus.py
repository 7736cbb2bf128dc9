"""One line from a stiff source to a load: the voltage at its end, in closed form."""

import math


def receiving_v(source_v: float, r_ohm: float, x_ohm: float, power_w: float, var: float) -> float:
    """Return the higher of the two voltages at the end of a line, the one that is stable. [V]

    Parameters
    ----------
    source_v : float
        Voltage of the source. [V]
    r_ohm, x_ohm : float
        Resistance and reactance of the line, out and back. [ohm]
    power_w, var : float
        Taken at the end; negative feeds in. [W], [var]

    Raises
    ------
    ValueError
        If the line cannot carry that much: there is no solution.

    Notes
    -----
    With b = V1^2 - 2 (R P + X Q) and S^2 = P^2 + Q^2, V2^2 = (b + sqrt(b^2 - 4 Z^2 S^2)) / 2: the
    square of V1 = V2 + Z I with I = conj(S / V2).
    """
    b = source_v**2 - 2.0 * (r_ohm * power_w + x_ohm * var)
    z2 = r_ohm**2 + x_ohm**2
    s2 = power_w**2 + var**2
    root = b**2 - 4.0 * z2 * s2
    if root < 0.0 or b <= 0.0:
        raise ValueError(f"the line cannot carry {power_w:g} W and {var:g} var")
    return math.sqrt(0.5 * (b + math.sqrt(root)))
