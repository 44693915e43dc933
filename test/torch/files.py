"""Holds the files that convlab writes and reads to numpy, safetensors, onnx, onnxruntime and torch.

    python test/torch/files.py [configurations a layer: 30] [seed: 0]

Needs `npm run build` and torch, numpy, safetensors, onnx and onnxruntime. Every layer of the
registry is tried at random configurations; the first difference ends it with status 1.
"""

import contextlib
import io
import json
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from safetensors.torch import load_file, save_file

PROGRAM = Path(__file__).parents[2] / "bin" / "convlab.js"
BATCHES = (1, 3, 17)


def convlab(*args: object) -> str:
    done = subprocess.run(["node", PROGRAM, *map(str, args)], capture_output=True, text=True)
    assert done.returncode == 0, f"convlab {' '.join(map(str, args))}: {done.stderr}"
    return done.stdout


def layers() -> list[str]:
    """The commands whose runs can be saved: the registry, as the program itself tells it."""
    names = re.findall(r"^  (\w+)", convlab("--help").split("Commands:")[1], re.MULTILINE)
    return [name for name in names if "--save" in (told := convlab("help", name)) and "--kernel-size" in told]


def random_flags(layer: str, draw: random.Random) -> dict[str, object]:
    known = convlab("help", layer)
    groups = draw.choice([1, 1, 2, 3])
    kernel = [draw.randint(1, 5), draw.randint(1, 5)]
    dilation = [draw.randint(1, 3), draw.randint(1, 3)]
    same = draw.random() < 0.25
    stride = [1, 1] if same else [draw.randint(1, 3), draw.randint(1, 3)]
    pad = [draw.randint(0, 3), draw.randint(0, 3)]
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel)]
    size = [max(r - (0 if same else 2 * p), 1) + draw.randint(0, 6) for r, p in zip(reach, pad)]
    flags = {
        "--in": groups * draw.randint(1, 4),
        "--out": groups * draw.randint(1, 4),
        "--groups": groups,
        "--kernel-size": "x".join(map(str, kernel)),
        "--dilation": "x".join(map(str, dilation)),
        "--stride": "x".join(map(str, stride)),
        "--padding": "same" if same else "x".join(map(str, pad)),
        "--size": "x".join(map(str, size)),
        "--batch": draw.randint(1, 3),
        "--seed": draw.randint(-100, 2**40),
        "--input": draw.choice(["randn", "rand", "relu", "varied"]),
        "--kernels": draw.choice([1, 2, 3, 4, 8]),
        "--hidden": draw.randint(1, 6),
        "--temperature": draw.choice([0.2, 1, 4.5, 30]),
    }
    flags = {flag: value for flag, value in flags.items() if flag in known}
    if "--no-bias" in known and draw.random() < 0.3:
        flags["--no-bias"] = None
    return flags


def words(flags: dict[str, object]) -> list[object]:
    return [word for flag, value in flags.items() for word in ([flag] if value is None else [flag, value])]


def run_program(path: Path) -> dict:
    """Runs a saved program and returns its variables, among them `layer`, `x` and `output`."""
    names = {"__file__": str(path), "__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), torch.no_grad():
        exec(compile(path.read_text(), path, "exec"), names)
    return names


def same_bits(a: np.ndarray, b: np.ndarray, what: str) -> None:
    assert a.dtype == b.dtype == np.dtype("<f4") and a.shape == b.shape, f"{what}: {a.dtype} {a.shape}, {b.dtype} {b.shape}"
    assert a.tobytes() == b.tobytes(), f"{what}: other bits"


def close(given: np.ndarray, y: np.ndarray, what: str) -> float:
    """The largest difference as a share of what is allowed: 1e-6 + 1e-5 max|y|."""
    assert given.shape == y.shape, f"{what}: shape {given.shape}, expected {y.shape}"
    share = float(np.abs(given.astype("f8") - y).max() / (1e-6 + 1e-5 * np.abs(y).max()))
    assert share <= 1, f"{what}: {share:.2f} of what is allowed"
    return share


def check_saved(folder: Path, stem: str) -> np.lib.npyio.NpzFile:
    """numpy, json and safetensors read the same numbers from one run's files."""
    arrays = np.load(folder / f"{stem}.npz")
    trace = json.loads((folder / f"{stem}.json").read_text())
    tensors = load_file(folder / f"{stem}.safetensors")
    steps = {step["id"]: step for step in trace["steps"]}
    parameters = {f"param/{each['name']}": each for each in trace["parameters"]}
    assert arrays.files == [*steps, *parameters], arrays.files
    assert {f"param/{name}" for name in tensors} == set(parameters)
    for name, each in {**steps, **parameters}.items():
        values = np.array(each["values"], "<f4").reshape(each["shape"])
        same_bits(arrays[name], values, name)
        if name in parameters:
            same_bits(tensors[name.removeprefix("param/")].numpy(), values, f"{name} in safetensors")
    return arrays


@torch.no_grad()
def check_onnx(path: Path, layer: torch.nn.Module, shape: tuple, draw: random.Random) -> float:
    onnx.checker.check_model(onnx.load(path), full_check=True)
    session = onnxruntime.InferenceSession(path)
    assert [each.name for each in session.get_inputs()] == ["input"]
    _, channels, rows, columns = shape
    sizes = [(rows, columns)] + [(rows + draw.randint(0, 9), columns + draw.randint(1, 9)) for _ in range(2)]
    worst = 0.0
    for batch in BATCHES:
        for size in sizes:
            x = torch.randn(batch, channels, *size)
            with contextlib.redirect_stdout(io.StringIO()):
                expected = layer(x).numpy()
            result = session.run(None, {"input": x.numpy()})[0]
            worst = max(worst, close(result, expected, f"onnx at {list(x.shape)}"))
    return worst


@torch.no_grad()
def check_layer(layer: str, flags: dict, draw: random.Random, folder: Path) -> float:
    files = [folder / f"a.{end}" for end in ("npz", "safetensors", "json", "onnx", "py")]
    convlab(layer, *words(flags), "--force", "--save", *files)
    arrays = check_saved(folder, "a")
    program = run_program(folder / "a.py")
    worst = close(arrays["output"], program["output"].numpy(), "output")
    worst = max(worst, check_onnx(folder / "a.onnx", program["layer"], arrays["input"].shape, draw))

    # other weights and another input, made here, read by convlab, and back again
    module = program["layer"]
    state = {name: torch.randn(each.shape).to(each.dtype) for name, each in module.state_dict().items()}
    state = {name: each.abs() + 0.1 if name.endswith("running_var") else each for name, each in state.items()}
    module.load_state_dict(state)
    save_file(state, folder / "w.safetensors", {"temperature": str(flags.get("--temperature", 1))})
    x = torch.randn(2, *arrays["input"].shape[1:])
    np.save(folder / "x.npy", np.asfortranarray(x.numpy().astype(draw.choice(["<f4", ">f4", "<f8"]))))
    told = {flag: value for flag, value in flags.items() if flag not in ("--in", "--batch", "--size", "--input", "--temperature")}
    given = ["--input", folder / "x.npy", "--weights", folder / "w.safetensors"]
    files = [folder / f"b.{end}" for end in ("npz", "safetensors", "json", "onnx", "py")]
    convlab(layer, *words(told), *given, "--force", "--save", *files)
    arrays = check_saved(folder, "b")
    same_bits(arrays["input"], x.numpy(), "input")
    with contextlib.redirect_stdout(io.StringIO()):
        expected = module(x).numpy()
    worst = max(worst, close(arrays["output"], expected, "output on other weights"))
    module.load_state_dict(load_file(folder / "b.safetensors"))
    with contextlib.redirect_stdout(io.StringIO()):
        same_bits(module(x).numpy(), expected, "state_dict read back")
    same_bits(run_program(folder / "b.py")["output"].numpy(), expected, "the saved program")
    (folder / "direct.py").write_text(convlab(layer, *words(told), *given, "--torch"))
    same_bits(run_program(folder / "direct.py")["output"].numpy(), expected, "the printed program")
    return max(worst, check_onnx(folder / "b.onnx", module, x.shape, draw))


def check_dtypes(folder: Path) -> int:
    """Arrays of every type and order that numpy.save writes, as convlab reads them."""
    draw = np.random.default_rng(0)
    count = 0
    for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
        for order in "<>":
            for layout in "CF":
                values = draw.standard_normal((2, 3, 4, 5)) * 10
                if kind[0] != "f":
                    info = np.iinfo(kind)
                    values = draw.integers(info.min, info.max, (2, 3, 4, 5), kind, endpoint=True)
                array = np.asarray(values, order + kind, order=layout)
                np.save(folder / "x.npy", array)
                np.savez_compressed(folder / "x.npz", x=array)
                for source in (folder / "x.npy", f"{folder / 'x.npz'}:x"):
                    convlab("static", "--input", source, "--force", "--save", folder / "y.npz")
                    same_bits(np.load(folder / "y.npz")["input"], np.ascontiguousarray(array, "<f4"), f"{array.dtype} {layout}")
                    count += 1
    return count


def main() -> None:
    count, seed = (int(given) for given in [*sys.argv[1:], *["30", "0"][len(sys.argv) - 1 :]])
    print(f"torch {torch.__version__}, numpy {np.__version__}, onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{check_dtypes(folder)} arrays of numpy's read bit for bit")
        for layer in layers():
            draw = random.Random(f"{layer} {seed}")
            torch.manual_seed(seed)
            worst = 0.0
            for n in range(count):
                flags = random_flags(layer, draw)
                try:
                    worst = max(worst, check_layer(layer, flags, draw, folder))
                except Exception as error:
                    print(f"convlab {layer} {' '.join(map(str, words(flags)))}", file=sys.stderr)
                    raise SystemExit(f"{type(error).__name__}: {error}") from error
            print(f"{layer}: {count} configurations, largest difference {worst:.3f} of what is allowed")


if __name__ == "__main__":
    main()
