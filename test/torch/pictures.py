"""Holds pictures as convlab reads them to Pillow, by the programs that --torch prints.

    python test/torch/pictures.py

Needs `npm run build`, and torch, numpy and Pillow. Every picture that make_files.py makes, and larger
ones in all of Pillow's ways of writing, is read by convlab and by the printed program. Both must have
the same float32 values, bit for bit, or nearly if resized; where convlab refuses to print a program,
since Pillow has other values, the one that it saves must read the same.
"""

import contextlib
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from make_files import FOLDER, pictures

PROGRAM = Path(__file__).parents[2] / "bin" / "convlab.js"
FLAGS = [[], ["--in", 1], ["--in", 3], ["--in", 4], ["--size", "9x30"], ["--in", 3, "--size", 40, "--normalize", "imagenet"]]
# of these Pillow has other values, or may
UNLIKE = ("avif", "gif", "rgb-16", "rgba-16", "grey-alpha-16", "alpha.tif")


def convlab(*args: object) -> subprocess.CompletedProcess:
    return subprocess.run(["node", PROGRAM, *map(str, args)], capture_output=True, text=True)


def run(code: str, file: Path) -> np.ndarray:
    """The input that a program has read."""
    names = {"__file__": str(file)}
    with contextlib.redirect_stdout(io.StringIO()), torch.no_grad():
        exec(compile(code, file, "exec"), names)
    assert names["x"].is_contiguous()
    return names["x"].numpy()


def larger() -> dict[str, bytes]:
    draw = np.random.default_rng(2)
    y, x = np.mgrid[0:61, 0:83]
    waves = np.stack([np.sin(x / 9 + y / 15), np.cos(y / 12), np.sin((x + y) / 16)], 2)
    rgb = Image.fromarray((127.5 + 90 * waves + draw.integers(-30, 31, (61, 83, 1))).clip(0, 255).astype("u1"))
    rgba = Image.merge("RGBA", [*rgb.split(), Image.fromarray(draw.integers(0, 256, (61, 83)).astype("u1"))])
    files = {}

    def save(name: str, image: Image.Image, **options: object) -> None:
        file = io.BytesIO()
        image.save(file, {"jpg": "jpeg", "tif": "tiff"}.get(name[-3:], name[-4:].removeprefix(".")), **options)
        files[name] = file.getvalue()

    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        for quality in (30, 75, 95):
            for progressive in (False, True):
                name = f"jpeg-{sampling}-{quality}-{progressive}.jpg".replace(":", "")
                save(name, rgb, subsampling=sampling, quality=quality, progressive=progressive)
    for colours in (2, 4, 16, 200):
        save(f"palette-{colours}.png", rgb.quantize(colours))
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        save(f"{compression}.tif", rgb, compression=compression)
    save("group4.tif", rgb.convert("1"), compression="group4")
    save("alpha.tif", rgba)
    for quality in (20, 90):
        save(f"lossy-{quality}.webp", rgb, quality=quality)
        save(f"lossy-alpha-{quality}.webp", rgba, quality=quality)
    save("palette.gif", rgb.quantize(16))
    save("shared-chroma.avif", rgb, subsampling="4:2:0")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[Image.ExifTags.Base.Orientation] = orientation
        for form in ("jpg", "png", "webp", "tif", "avif"):
            save(f"orientation-{orientation}.{form}", rgb, exif=exif)
    return files


def check(path: Path, flags: list, folder: Path) -> bool:
    """Whether a program could be printed."""
    args = ["static", "--input", path, *flags]
    saved, program = folder / "run.npz", folder / "run.py"
    done = convlab(*args, "--force", "--save", saved, program)
    if "--normalize imagenet" in done.stderr:
        return False
    assert done.returncode == 0, done.stderr
    ours = np.load(saved)["input"]
    assert run(program.read_text(), program).tobytes() == ours.tobytes(), "the saved program reads something else"
    done = convlab(*args, "--torch")
    unlike = any(part in path.name for part in UNLIKE) or (flags == ["--in", 4] and path.stem.startswith(("grey-16", "wide-grey")))
    assert (done.returncode == 2) == unlike, done.stderr or "printed, although Pillow may have other values"
    if unlike:
        return False
    theirs = run(done.stdout, program)
    assert theirs.shape == ours.shape, f"{theirs.shape}, but {ours.shape}"
    if "--size" in flags:
        assert np.abs(theirs - ours).max() < 1e-5, f"{np.abs(theirs - ours).max()} apart"
    else:
        assert theirs.tobytes() == ours.tobytes(), f"{np.abs(theirs - ours).max()} apart"
    return True


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pictures").mkdir()
        made = {path.name: path.read_bytes() for path in FOLDER.glob("*.png")} | pictures() | larger()
        count = {True: 0, False: 0}
        for n, (file, data) in enumerate(made.items()):
            path = folder / "pictures" / file
            path.write_bytes(data)
            for flags in FLAGS if "--all" in sys.argv else FLAGS[n % len(FLAGS) :][:1] + FLAGS[:1]:
                try:
                    count[check(path, flags, folder)] += 1
                except Exception as error:
                    raise SystemExit(f"{file} {' '.join(map(str, flags))}: {error}") from error
        print(f"{len(made)} pictures: {count[True]} programs read the same, {count[False]} are refused")


if __name__ == "__main__":
    main()
