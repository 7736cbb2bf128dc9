"""Adding up the energy of many homes by register: the one loop of a bill that is compiled."""

from gridsim.core.kernel import kernel


@kernel
def add_each(rows, codes, values):  # type: ignore[no-untyped-def]
    """Add each row of values to the row that its code names, home by home, in order.

    Parameters
    ----------
    rows : F8
        Shape (r, n), written.
    codes : I8
        Rows, shape (k,).
    values : F8
        Shape (k, n).
    """
    for k in range(values.shape[0]):
        row, value = rows[codes[k]], values[k]
        for home in range(value.shape[0]):
            row[home] += value[home]
