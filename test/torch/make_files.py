"""Small files in every form that convlab reads, with the float32 values they hold."""

import io
import json
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from safetensors.torch import save as save_safetensors

FOLDER = Path(__file__).parent / "fixtures" / "files"


def npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npy_arrays() -> dict[str, np.ndarray]:
    values = np.array([[0.0, -0.0, 1.5], [np.pi, -1e30, 1e-42]])
    whole = np.array([0, -1, 127, 2**24 + 1, 2**53 + 1, -(2**63)])
    ties = np.array([2**54 + 2**30, 2**54 + 2**30 + 1, 2**63 - 1, -(2**54) - 2**30 - 1])
    return {
        "f4": values.astype("<f4"),
        "f8": values.astype("<f8"),
        "f2": np.array([0.1, -65504, 6e-8, np.inf, -np.inf, 1]).astype("<f2"),
        "big-f4": values.astype(">f4"),
        "big-f8": values.astype(">f8"),
        "big-i8": whole.astype(">i8"),
        "u1": np.arange(250, 256).astype("|u1").reshape(2, 3, 1),
        "i1": np.array([-128, 127]).astype("|i1"),
        "u2": np.array([65535, 1]).astype("<u2"),
        "i4": np.array([2**31 - 1, -(2**31)]).astype("<i4"),
        "i8": whole.astype("<i8"),
        "i8-ties": ties.astype("<i8"),
        "u8": np.array([2**64 - 1, 2**63 + 2**39 + 1]).astype("<u8"),
        "bool": np.array([True, False]),
        "fortran": np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4)),
        "fortran-f8": np.asfortranarray(np.arange(6, dtype=">f8").reshape(3, 2)),
        "empty": np.zeros((0, 3), "<f4"),
        "none": np.zeros(0, "<f4"),
        "zero-d": np.float32(2.5),
        "five-d": np.arange(32, dtype="<f4").reshape(2, 1, 4, 2, 2),
        "special": np.array([np.nan, np.inf, -np.inf], "<f4"),
    }


def png(pixels: np.ndarray, depth: int, kind: int, *, extra=b"", interlace=0) -> bytes:
    """A PNG written by its specification: (H, W, samples) in 8 or 16 bits, unfiltered."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    height, width = pixels.shape[:2]
    passes = [(0, 0, 1, 1)]
    if interlace:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    rows = []
    for x, y, dx, dy in passes:
        part = pixels[y::dy, x::dx]
        if part.shape[1]:
            rows += [b"\0" + row.astype(">u2" if depth == 16 else "u1").tobytes() for row in part]
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlace)
    data = zlib.compress(b"".join(rows))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def images() -> dict[str, tuple[bytes, np.ndarray]]:
    """The file, and its pixels as (H, W, 4) in 0..1."""
    draw = np.random.default_rng(0).integers
    palette = draw(0, 256, (5, 3))
    chosen = draw(0, 5, (4, 6, 1))
    plte = palette.astype("u1").tobytes()
    chunk = struct.pack(">I", len(plte)) + b"PLTE" + plte + struct.pack(">I", zlib.crc32(b"PLTE" + plte))
    result = {"palette": (png(chosen, 8, 3, extra=chunk), opaque(palette[chosen[..., 0]] / 255))}
    for name, kind, samples in [("grey", 0, 1), ("rgb", 2, 3), ("grey-alpha", 4, 2), ("rgba", 6, 4)]:
        for depth in (8, 16):
            pixels = draw(0, 2**depth, (5, 7, samples))
            shown = pixels / (2**depth - 1)
            colour, alpha = (shown[..., :-1], shown[..., -1:]) if samples % 2 == 0 else (shown, None)
            wide = np.concatenate([np.broadcast_to(colour, (5, 7, 3)), np.ones((5, 7, 1)) if alpha is None else alpha], 2)
            result[f"{name}-{depth}"] = (png(pixels, depth, kind), wide)
            result[f"{name}-{depth}-interlaced"] = (png(pixels, depth, kind, interlace=1), wide)
    return result


def opaque(colour: np.ndarray) -> np.ndarray:
    return np.concatenate([colour, np.ones((*colour.shape[:2], 1))], 2)


def pictures() -> dict[str, bytes]:
    """What cameras and programs write, as Pillow writes it: large enough for shared chroma to matter."""
    draw = np.random.default_rng(1)
    y, x = np.mgrid[0:18, 0:21]
    waves = np.stack([np.sin(x / 3 + y / 5), np.cos(y / 4), np.sin((x + y) / 6)], 2)
    rgb = Image.fromarray((127.5 + 90 * waves + draw.integers(-30, 31, (18, 21, 1))).clip(0, 255).astype("u1"))
    grey, alpha = rgb.convert("L"), Image.fromarray(draw.integers(0, 256, (18, 21)).astype("u1"))
    rgba = Image.merge("RGBA", [*rgb.split(), alpha])
    cmyk = Image.merge("CMYK", [*rgb.convert("CMYK").split()[:3], alpha])
    wide = Image.fromarray(draw.integers(0, 2**16, (18, 21)).astype("u2"))

    def saved(image: Image.Image, form: str, *, orientation=1, **options) -> bytes:
        file = io.BytesIO()
        if orientation > 1:
            options["exif"] = Image.Exif()
            options["exif"][Image.ExifTags.Base.Orientation] = orientation
        image.save(file, form, **options)
        return file.getvalue()

    return {
        "shared-chroma.jpg": saved(rgb, "jpeg", subsampling="4:2:0"),
        "shared-along-rows.jpg": saved(rgb, "jpeg", subsampling="4:2:2", quality=50),
        "progressive.jpg": saved(rgb, "jpeg", progressive=True, quality=90),
        "rgb-coded.jpg": saved(rgb, "jpeg", keep_rgb=True),
        "grey.jpg": saved(grey, "jpeg"),
        "cmyk.jpg": saved(cmyk, "jpeg"),
        **{f"turned-{n}.jpg": saved(rgb, "jpeg", orientation=n) for n in range(2, 9)},
        "turned.png": saved(rgb, "png", orientation=6),
        "one-bit.png": saved(grey.convert("1"), "png"),
        "grey-see-through.png": saved(grey, "png", transparency=grey.getpixel((3, 3))),
        "palette-see-through.png": saved(rgb.quantize(5), "png", transparency=b"\0\x50\xff"),
        "lossy.webp": saved(rgb, "webp", quality=80),
        "alpha.webp": saved(rgba, "webp", lossless=True, exact=True),
        "frames.webp": saved(rgb, "webp", save_all=True, append_images=[grey.convert("RGB")], lossless=True),
        "frames.gif": saved(rgb, "gif", save_all=True, append_images=[grey.convert("RGB")]),
        "lzw.tif": saved(rgb, "tiff", compression="tiff_lzw"),
        "pages.tif": saved(rgb, "tiff", save_all=True, append_images=[grey.convert("RGB")], orientation=8),
        "cmyk.tif": saved(cmyk, "tiff"),
        "wide-grey.tif": saved(wide, "tiff"),
        "whole-chroma.avif": saved(rgb, "avif", subsampling="4:4:4"),
    }


def samples_of(data: bytes) -> dict:
    """(H, W) of 16 bits, or (H, W, 4) of 8, as Pillow reads them: of the first image, turned upright."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    samples = np.asarray(image if image.mode == "I;16" else image.convert("RGBA"))
    return {"shape": list(samples.shape), "samples": samples.reshape(-1).tolist()}


def values_of(array: np.ndarray) -> dict:
    """Shape and the float32 bit patterns, so that NaN and -0 are told apart."""
    floats = np.ascontiguousarray(array, dtype="<f4").reshape(np.shape(array))
    return {"shape": list(floats.shape), "bits": floats.reshape(-1).view("<u4").tolist()}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    expected: dict = {"npy": {}, "npz": {}, "safetensors": {}, "image": {}, "picture": {}, "resize": []}
    arrays = npy_arrays()
    with np.errstate(over="ignore"):
        for name, array in arrays.items():
            (FOLDER / f"{name}.npy").write_bytes(npy(array))
            expected["npy"][name] = values_of(array)
        kept = {name: arrays[name] for name in ("f4", "big-f8", "fortran", "zero-d", "empty")}
        np.savez(FOLDER / "stored.npz", **kept)
        np.savez_compressed(FOLDER / "deflated.npz", **kept)
        expected["npz"] = {name: values_of(array) for name, array in kept.items()}
    torch.manual_seed(0)
    tensors = {
        "f32": torch.randn(2, 3),
        "f64": torch.randn(3, dtype=torch.float64),
        "f16": torch.randn(5).half(),
        "bf16": torch.randn(5).bfloat16(),
        "i64": torch.tensor(3),
        "u8": torch.arange(4, dtype=torch.uint8),
        "empty": torch.zeros(0, 2),
    }
    (FOLDER / "tensors.safetensors").write_bytes(save_safetensors(tensors, {"temperature": "30"}))
    expected["safetensors"] = {name: values_of(each.float().numpy()) for name, each in tensors.items()}
    for name, (data, pixels) in images().items():
        (FOLDER / f"{name}.png").write_bytes(data)
        expected["image"][name] = values_of(pixels)
    for name, data in pictures().items():
        (FOLDER / name).write_bytes(data)
        expected["picture"][name] = samples_of(data)
    x = torch.rand(1, 3, 9, 12)
    expected["resize"] = {"from": values_of(x.numpy()), "to": []}
    for size in [(4, 5), (18, 24), (9, 3), (1, 1), (13, 12), (2, 40)]:
        y = torch.nn.functional.interpolate(x, size, mode="bilinear", antialias=True)
        expected["resize"]["to"].append(values_of(y.numpy()))
    (FOLDER / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
    print(f"numpy {np.__version__}, torch {torch.__version__}", file=sys.stderr)
