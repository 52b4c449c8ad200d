//! The card as a picture: the same bytes each time, without any font of the machine.

use anyhow::{Context as _, anyhow};
use resvg::{tiny_skia, usvg};

use super::ruler::options;

/// Bytes before the first chunk but one: signature and IHDR.
const HEAD: usize = 8 + 25;

/// Draws `svg`, as large as it says, as a PNG that says how many dots per inch it has.
///
/// # Errors
/// An SVG that cannot be drawn.
pub fn png(svg: &str, dots_per_inch: u32) -> anyhow::Result<Vec<u8>> {
    let tree = usvg::Tree::from_str(svg, &options()).context("could not read the card's SVG")?;
    let size = tree.size().to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width(), size.height())
        .ok_or_else(|| anyhow!("the card has no size"))?;
    let as_is = tiny_skia::Transform::identity();
    resvg::render(&tree, as_is, &mut pixels.as_mut());
    let mut bytes = pixels
        .encode_png()
        .context("could not write the card as PNG")?;
    let at = HEAD.min(bytes.len());
    bytes.splice(at..at, density(dots_per_inch));
    Ok(bytes)
}

/// The chunk pHYs: pixels per metre (PNG specification, 11.3.4.3).
fn density(dots_per_inch: u32) -> Vec<u8> {
    let per_metre = (dots_per_inch * 10_000 + 127) / 254;
    let mut body = b"pHYs".to_vec();
    body.extend(per_metre.to_be_bytes());
    body.extend(per_metre.to_be_bytes());
    body.push(1);
    let mut sum = flate2::Crc::new();
    sum.update(&body);
    let mut chunk = 9_u32.to_be_bytes().to_vec();
    chunk.extend(&body);
    chunk.extend(sum.sum().to_be_bytes());
    chunk
}
