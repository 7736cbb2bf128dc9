"""What homes believe of a step's price and how they answer, worked out when prices change."""

from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.engine import layout as at


@kernel
def listen(heard, stirs, marks, rows, param, minds, prices, slots, step, rules, last):  # type: ignore[no-untyped-def]
    """Mark for each row of a span which row of ``heard`` holds in it; return that of the last.

    ``heard`` has a row more than a span, so that the one that held before, ``last``, is kept;
    -1: none did.
    """
    for row in range(rows):
        if last < 0 or alike(prices, slots, step + row) == 0:
            last = (last + 1) % heard.shape[0]
            attend(heard[last], param, minds, prices, slots, step + row, rules)
            stir(stirs[last], heard[last], param, minds, prices, step + row, rules)
        marks[row, at.MARK_HEARD] = last
    return last


@kernel
def attend(heard, param, minds, prices, slots, step, rules):  # type: ignore[no-untyped-def]
    """Work out what each home believes of this step's price and how it answers.

    Homes on the arm's tariff and homes that keep the reference tariff are told apart by
    ``ENROLLED``: each sees the notices and prices of its own. A call in words adds to it.
    """
    old, new = prices[0, step], prices[1, step]
    out_old, at_old = _notice(slots[step, 0])
    out_new, at_new = _notice(slots[step, 1])
    out_call, at_call = _notice(slots[step, 2])
    out_order, at_order = _notice(slots[step, 3])
    acts_old, acts_new = minds[at_old : at_old + BLOCK], minds[at_new : at_new + BLOCK]
    acts_call, acts_order = minds[at_call : at_call + BLOCK], minds[at_order : at_order + BLOCK]
    urge_old, urge_new = old[at.Q_URGE], new[at.Q_URGE]
    usual_urge_old, usual_urge_new = old[at.Q_URGE_USUAL], new[at.Q_URGE_USUAL]
    price_old, price_new = old[at.Q_PUBLISHED], new[at.Q_PUBLISHED]
    usual_old, usual_new = old[at.Q_USUAL], new[at.Q_USUAL]
    added_old, added_new = old[at.Q_ADDED], new[at.Q_ADDED]
    shrink_old, shrink_new = old[at.Q_SHRINK], new[at.Q_SHRINK]
    usual_shrink_old, usual_shrink_new = old[at.Q_SHRINK_USUAL], new[at.Q_SHRINK_USUAL]
    words = new[at.Q_CALL] if new[at.Q_CALL_SHRINK] < 1.0 else 0.0
    words_shrink, game = new[at.Q_CALL_SHRINK], new[at.Q_GAME]
    for i in range(BLOCK):
        on, smart = param[at.ENROLLED + i] > 0.0, param[at.SMART + i] > 0.0
        acted_old, acted_new = out_old * acts_old[i], out_new * acts_new[i]
        event = (acted_new if on else acted_old) > 0.0
        called = out_call * acts_call[i]
        routine = minds[at.ROUTINE + i] > 0.0
        knows = event | smart
        usual = usual_urge_new if on else usual_urge_old
        usual_shrink = usual_shrink_new if on else usual_shrink_old
        urge = (urge_new if on else urge_old) if event else (usual if routine else 0.0)
        shrink = (shrink_new if on else shrink_old) if event else (usual_shrink if routine else 1.0)
        heard[at.H_URGE + i] = max(urge, words * called)
        heard[at.H_SHRINK + i] = min(shrink, words_shrink if called > 0.0 else 1.0)
        heard[at.H_PRICE + i] = (
            (price_new if on else price_old) if knows else (usual_new if on else usual_old)
        ) - ((added_new if on else added_old) if smart else 0.0)
        by_hand = rules.chooses if (event | routine) else 0.0
        heard[at.H_FOLLOWS + i] = 1.0 if smart | (by_hand > 0.0) else 0.0
        heard[at.H_ORDERED + i] = out_order * acts_order[i]
        heard[at.H_GAME + i] = game * param[at.GAMES + i]


@kernel
def _notice(slot):  # type: ignore[no-untyped-def]
    """Return 1 if a notice is out, else 0, and where who acts on it begins; -1 holds none."""
    return 1.0 if slot >= 0 else 0.0, max(slot, 0) * BLOCK


@kernel
def stir(stirs, heard, param, minds, prices, step, rules):  # type: ignore[no-untyped-def]
    """Note whether what is heard moves any set point, changes any small use, lights any stove."""
    moves_old = 1 if abs(prices[0, step, at.Q_LOG]) > rules.dead else 0
    moves_new = 1 if abs(prices[1, step, at.Q_LOG]) > rules.dead else 0
    moved, shed, lit = 0, 0, 0
    for i in range(BLOCK):
        moves = moves_new if param[at.ENROLLED + i] > 0.0 else moves_old
        machine = param[at.THERMOSTAT + i] * minds[at.MACHINE + i] > 0.0
        told = (heard[at.H_URGE + i] > 0.0) | (heard[at.H_ORDERED + i] > 0.0)
        moved += 1 if told | (heard[at.H_GAME + i] != 0.0) else 0
        moved += moves if machine else 0
        lit += 1 if heard[at.H_URGE + i] > rules.stove_urge else 0
        shed += 1 if (heard[at.H_SHRINK + i] != 1.0) | (heard[at.H_GAME + i] != 0.0) else 0
    stirs[at.STIR_MOVES], stirs[at.STIR_SHEDS], stirs[at.STIR_STOVES] = moved, shed, lit


@kernel
def alike(prices, slots, step):  # type: ignore[no-untyped-def]
    """Tell whether prices and notices of a step are those of the step before: 1 or 0.

    ``attend`` follows from them and from what does not change in a stretch, so it can be left out.
    """
    differs = 0
    for column in range(slots.shape[1]):
        differs += 1 if slots[step, column] != slots[step - 1, column] else 0
    for tariff in range(2):
        here, before = prices[tariff, step], prices[tariff, step - 1]
        for column in range(at.PRICES):
            differs += 1 if here[column] != before[column] else 0
    return 1 if differs == 0 else 0
