"""The runs that the fixtures hold, in convlab's own form of a configuration.

Small on purpose: what matters is that every shape of argument occurs, not the size.
"""


def pair(value):
    return list(value) if isinstance(value, tuple) else [value, value]


def static(
    inputs,
    out,
    kernel,
    *,
    stride=1,
    padding=1,
    dilation=1,
    groups=1,
    bias=True,
    batch=1,
    size=6,
    seed=0,
    input="randn",
):
    return {
        "layer": "static",
        "in": inputs,
        "out": out,
        "kernelSize": pair(kernel),
        "stride": pair(stride),
        "padding": padding if padding == "same" else pair(padding),
        "dilation": pair(dilation),
        "groups": groups,
        "bias": bias,
        "batch": batch,
        "size": pair(size),
        "seed": str(seed),
        "input": input,
    }


def dynamic(inputs, out, kernel, *, K=4, hidden=None, T=1, padding=0, **rest):
    shared = static(inputs, out, kernel, padding=padding, **rest)
    own = {"kernels": K, "hidden": hidden or K, "temperature": T}
    return {**shared, "layer": "dynamic", **own}


def condconv(inputs, out, kernel, *, K=4, **rest):
    return {**static(inputs, out, kernel, **rest), "layer": "condconv", "kernels": K}


def odconv(inputs, out, kernel, *, K=4, reduction=16, T=1, **rest):
    shared = static(inputs, out, kernel, **rest)
    del shared["bias"]  # it has none
    return {**shared, "layer": "odconv", "kernels": K, "reduction": reduction, "temperature": T}


STATIC = [
    # the article's first example
    static(3, 16, 3, size=32),
    # input kinds, and batches
    static(3, 4, 3, input="rand", seed=1),
    static(3, 4, 3, input="relu", seed=2, batch=2),
    static(3, 4, 3, input="varied", seed=3, batch=3),
    static(3, 5, 3, input="varied", seed=4, batch=8, size=5),  # 24 channel means: the long path
    static(2, 3, 3, batch=8, padding=0, size=(5, 7)),
    # inputs under 16 values, and inputs that are no multiple of 16
    static(1, 2, 3, size=3, padding=0),
    static(1, 2, 1, size=1, padding=0, seed=5),
    static(1, 1, 2, size=3, input="varied"),  # 9 values: the cached normal feeds the mean
    static(1, 2, (1, 3), size=(3, 5), padding=0, seed=6),  # 15 values
    static(1, 2, 3, size=4, seed=7),  # 16 values
    static(1, 2, (1, 3), size=(1, 17), padding=(0, 1), seed=8),  # 17 values
    static(3, 4, 3, size=(5, 7), seed=9),
    # seeds
    static(3, 4, 3, seed=-1),
    static(3, 4, 3, seed=2**32 + 5),
    static(3, 4, 3, seed=-(2**63)),
    static(3, 4, 3, seed=2**63),
    static(3, 4, 3, seed=2**64 - 1),
    static(3, 4, 3, seed=20240229),
    # groups
    static(4, 6, 3, groups=2, seed=10),
    static(6, 9, 3, groups=3, batch=2, bias=False, seed=11),
    static(4, 4, 3, groups=4, seed=12),  # depthwise
    static(3, 6, 3, groups=3, batch=2, seed=13),  # depthwise, multiplier 2
    # stride and dilation
    static(3, 4, 3, stride=2, size=7, seed=14),
    static(3, 4, 3, stride=3, size=11, seed=15, input="relu"),
    static(2, 4, 3, dilation=2, size=9, padding=0, seed=16),
    static(2, 4, 3, dilation=3, padding=3, stride=2, size=8, batch=2, seed=17),
    # everything rectangular
    static(
        2,
        4,
        (3, 5),
        stride=(2, 1),
        padding=(1, 3),
        dilation=(1, 2),
        size=(7, 11),
        groups=2,
        seed=18,
    ),
    static(3, 2, (5, 1), stride=(1, 3), padding=(2, 0), size=(6, 10), batch=2, seed=19),
    # padding same
    static(3, 4, 3, padding="same", seed=20),
    static(3, 4, 2, padding="same", seed=21),
    static(2, 4, (4, 3), padding="same", size=(5, 7), groups=2, seed=22),
    static(2, 3, (2, 4), padding="same", dilation=(3, 2), size=8, batch=2, seed=23),
    static(2, 3, 9, padding="same", size=4, seed=24),  # a kernel larger than the input
    # no bias, 1x1, a kernel as large as the input, padding wider than the kernel
    static(3, 4, 3, bias=False, seed=25),
    static(16, 4, 1, padding=0, size=4, seed=26),
    static(5, 3, 1, padding=0, stride=2, size=5, bias=False, input="rand", seed=27),
    static(3, 4, (5, 6), padding=0, size=(5, 6), seed=28),
    static(2, 2, 2, padding=3, size=3, seed=29),
    static(32, 8, 3, size=5, seed=30),
]

DYNAMIC = [
    # the article's second example
    dynamic(3, 16, 3, size=32),
    # input kinds, and batches
    dynamic(3, 4, 3, input="rand", seed=1, batch=2),
    dynamic(3, 4, 3, input="relu", seed=2, batch=3),
    dynamic(3, 4, 3, input="varied", seed=3, batch=4),
    dynamic(3, 5, 3, input="varied", seed=4, batch=8, size=5),
    dynamic(2, 3, 3, batch=8, size=(5, 7), bias=False),
    dynamic(3, 4, 3, batch=5, padding=1, seed=5),
    # inputs under 16 values, and inputs that are no multiple of 16
    dynamic(1, 2, 3, size=3),
    dynamic(1, 2, 1, size=1, seed=6),
    dynamic(1, 1, 2, size=3, input="varied", padding=1),
    dynamic(1, 2, (1, 3), size=(3, 5), seed=7),
    dynamic(3, 4, 3, size=(5, 7), seed=8, batch=2),
    # seeds
    dynamic(3, 4, 3, seed=-7),
    dynamic(3, 4, 3, seed=2**32 + 5),
    dynamic(3, 4, 3, seed=-(2**63)),
    dynamic(3, 4, 3, seed=2**63),
    dynamic(3, 4, 3, seed=2**64 - 1),
    # K, hidden and temperature
    dynamic(3, 4, 3, K=1, batch=2, seed=9),
    dynamic(3, 4, 3, K=2, T=0.2, batch=2, seed=10, input="varied"),
    dynamic(3, 4, 3, K=3, T=0.5, hidden=1, batch=3, seed=11, input="varied"),
    dynamic(3, 4, 3, K=8, T=4.5, hidden=2, batch=2, seed=12),
    dynamic(4, 4, 3, K=4, T=34, hidden=16, seed=13, input="relu"),
    dynamic(3, 4, 3, K=5, T=30, hidden=3, bias=False, batch=2, seed=14),
    dynamic(16, 4, 3, K=4, hidden=4, padding=1, size=5, seed=15, input="relu"),
    dynamic(2, 3, 3, K=6, T=0.2, hidden=7, batch=2, seed=16, input="relu"),
    dynamic(2, 3, 3, K=7, hidden=5, seed=17),
    # groups
    dynamic(4, 6, 3, groups=2, batch=2, seed=18),
    dynamic(6, 9, 3, groups=3, batch=2, bias=False, seed=19),
    dynamic(4, 4, 3, groups=4, padding=1, batch=3, seed=20),  # depthwise
    dynamic(3, 6, 3, groups=3, batch=2, K=2, seed=21),  # depthwise, multiplier 2
    # stride and dilation
    dynamic(3, 4, 3, stride=2, padding=1, size=7, batch=2, seed=22),
    dynamic(3, 4, 3, stride=3, size=11, seed=23),
    dynamic(2, 4, 3, dilation=2, size=9, batch=2, seed=24),
    # everything rectangular
    dynamic(
        2,
        4,
        (3, 5),
        stride=(2, 1),
        padding=(1, 3),
        dilation=(1, 2),
        size=(7, 11),
        groups=2,
        batch=2,
        K=3,
        seed=25,
    ),
    dynamic(3, 2, (5, 1), stride=(1, 3), padding=(2, 0), size=(6, 10), batch=2, seed=26),
    # padding same
    dynamic(3, 4, 3, padding="same", batch=2, seed=27),
    dynamic(3, 4, 2, padding="same", batch=2, seed=28),
    dynamic(2, 4, (4, 3), padding="same", size=(5, 7), groups=2, seed=29),
    dynamic(2, 3, (2, 4), padding="same", dilation=(3, 2), size=8, batch=2, seed=30),
    # 1x1, a kernel as large as the input, padding wider than the kernel
    dynamic(16, 4, 1, size=4, batch=2, seed=31),
    dynamic(5, 3, 1, stride=2, size=5, bias=False, input="rand", seed=32),
    dynamic(3, 4, (5, 6), size=(5, 6), batch=2, seed=33),
    dynamic(2, 2, 2, padding=3, size=3, seed=34),
]

CONDCONV = [
    condconv(3, 16, 3, size=32),
    # input kinds, and batches
    condconv(3, 4, 3, input="rand", seed=1, batch=2),
    condconv(3, 4, 3, input="relu", seed=2, batch=3),
    condconv(3, 4, 3, input="varied", seed=3, batch=4),
    condconv(3, 5, 3, input="varied", seed=4, batch=8, size=5),
    condconv(2, 3, 3, batch=8, size=(5, 7), bias=False),
    # inputs under 16 values
    condconv(1, 2, 3, size=3, padding=0),
    condconv(1, 2, 1, size=1, padding=0, seed=6),
    condconv(1, 1, 2, size=3, input="varied"),
    # seeds
    condconv(3, 4, 3, seed=-7),
    condconv(3, 4, 3, seed=2**32 + 5),
    condconv(3, 4, 3, seed=-(2**63)),
    condconv(3, 4, 3, seed=2**63),
    condconv(3, 4, 3, seed=2**64 - 1),
    # K
    condconv(3, 4, 3, K=1, batch=2, seed=9),
    condconv(3, 4, 3, K=2, batch=2, seed=10, input="varied"),
    condconv(3, 4, 3, K=3, bias=False, batch=3, seed=11, input="varied"),
    condconv(3, 4, 3, K=8, batch=2, seed=12, input="relu"),
    condconv(16, 4, 3, K=5, size=5, seed=13, input="relu"),
    # groups
    condconv(4, 6, 3, groups=2, batch=2, seed=14),
    condconv(6, 9, 3, groups=3, batch=2, bias=False, seed=15),
    condconv(4, 4, 3, groups=4, batch=3, seed=16),  # depthwise
    condconv(3, 6, 3, groups=3, batch=2, K=2, seed=17),  # depthwise, multiplier 2
    # stride and dilation
    condconv(3, 4, 3, stride=2, size=7, batch=2, seed=18),
    condconv(2, 4, 3, dilation=2, size=9, padding=0, batch=2, seed=19),
    # everything rectangular
    condconv(
        2,
        4,
        (3, 5),
        stride=(2, 1),
        padding=(1, 3),
        dilation=(1, 2),
        size=(7, 11),
        groups=2,
        batch=2,
        K=3,
        seed=20,
    ),
    condconv(3, 2, (5, 1), stride=(1, 3), padding=(2, 0), size=(6, 10), batch=2, seed=21),
    # padding same
    condconv(3, 4, 3, padding="same", batch=2, seed=22),
    condconv(3, 4, 2, padding="same", batch=2, seed=23),
    condconv(2, 3, (2, 4), padding="same", dilation=(3, 2), size=8, batch=2, seed=24),
    # 1x1, and a kernel as large as the input
    condconv(16, 4, 1, padding=0, size=4, batch=2, seed=25),
    condconv(3, 4, (5, 6), padding=0, size=(5, 6), batch=2, seed=26),
]

ODCONV = [
    odconv(3, 16, 3, size=32),
    # input kinds, and batches
    odconv(3, 4, 3, input="rand", seed=1, batch=2),
    odconv(3, 4, 3, input="relu", seed=2, batch=3),
    odconv(3, 4, 3, input="varied", seed=3, batch=4),
    odconv(3, 5, 3, input="varied", seed=4, batch=8, size=5),
    odconv(2, 3, 3, batch=8, size=(5, 7)),
    # inputs, and experts, under 16 values: the cached normal is passed on
    odconv(1, 2, 3, size=3, padding=0),
    odconv(1, 2, 1, size=1, padding=0, seed=6),
    odconv(1, 1, 2, size=3, input="varied"),
    odconv(1, 3, 1, K=3, size=3, seed=5),
    odconv(3, 1, (1, 3), K=5, size=5, padding=(0, 1), seed=8),
    # seeds
    odconv(3, 4, 3, seed=-7),
    odconv(3, 4, 3, seed=2**32 + 5),
    odconv(3, 4, 3, seed=-(2**63)),
    odconv(3, 4, 3, seed=2**63),
    odconv(3, 4, 3, seed=2**64 - 1),
    # K and temperature; K = 1 has no kernel attention
    odconv(3, 4, 3, K=1, batch=2, seed=9),
    odconv(3, 4, 3, K=2, T=0.2, batch=2, seed=10, input="varied"),
    odconv(3, 4, 3, K=3, T=0.5, batch=3, seed=11, input="varied"),
    odconv(3, 4, 3, K=8, T=4.5, batch=2, seed=12, input="relu"),
    odconv(3, 4, 3, K=7, T=30, seed=13),
    # a wider trunk than 16
    odconv(272, 4, 1, K=2, padding=0, size=2, seed=14, input="relu"),
    odconv(40, 4, 1, K=2, reduction=2, padding=0, size=2, batch=2, seed=32, input="relu"),
    odconv(38, 4, 1, K=2, reduction=1, T=2, padding=0, size=2, seed=33, input="relu"),
    odconv(35, 4, 1, K=2, reduction=2, padding=0, size=2, seed=34, input="relu"),
    # groups
    odconv(4, 6, 3, groups=2, batch=2, seed=15),
    odconv(6, 9, 3, groups=3, batch=2, seed=16),
    odconv(4, 4, 3, groups=4, batch=3, seed=17),  # depthwise: no filter attention
    odconv(4, 4, 3, groups=4, K=1, T=2, batch=2, seed=18, input="varied"),
    odconv(3, 6, 3, groups=3, batch=2, K=2, seed=19),  # groups = in alone is not depthwise
    odconv(1, 1, 3, batch=2, seed=20),  # one channel of one group is
    # stride and dilation
    odconv(3, 4, 3, stride=2, size=7, batch=2, seed=21),
    odconv(2, 4, 3, dilation=2, size=9, padding=0, batch=2, seed=22),
    # everything rectangular
    odconv(
        2,
        4,
        (3, 5),
        stride=(2, 1),
        padding=(1, 3),
        dilation=(1, 2),
        size=(7, 11),
        groups=2,
        batch=2,
        K=3,
        seed=23,
    ),
    odconv(3, 2, (5, 1), stride=(1, 3), padding=(2, 0), size=(6, 10), batch=2, seed=24),
    # padding same
    odconv(3, 4, 3, padding="same", batch=2, seed=25),
    odconv(3, 4, 2, padding="same", batch=2, seed=26),
    odconv(2, 3, (2, 4), padding="same", dilation=(3, 2), size=8, batch=2, seed=27),
    # 1x1: no spatial attention; with K = 1 nothing mixes, depthwise only the input is scaled
    odconv(16, 4, 1, padding=0, size=4, batch=2, seed=28),
    odconv(5, 3, 1, K=1, padding=0, stride=2, size=5, batch=3, input="rand", seed=29),
    odconv(3, 3, 1, K=1, groups=3, padding=0, size=4, batch=2, seed=30),
    # a kernel as large as the input
    odconv(3, 4, (5, 6), padding=0, size=(5, 6), batch=2, seed=31),
]
