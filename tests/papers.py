"""Files as they come by fax and e-mail, and as somebody nasty would make them."""

import io
import struct
import zlib

from PIL import Image

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
SCRIPTED_PDF = PDF.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")
HTML = b"\n <!DOCTYPE html><html><script>alert(1)</script></html>"


def picture(kind: str = "PNG", width: int = 40, height: int = 30, pages: int = 1) -> bytes:
    """Return a small picture; a TIFF of several *pages*, each lighter than the one before."""
    out = io.BytesIO()
    frames = [Image.new("L", (width, height), 40 * number) for number in range(pages)]
    frames[0].save(out, kind, **({"save_all": True, "append_images": frames[1:]} if pages > 1 else {}))
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes whose header says that it is *width* by *height* pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
