//! One picture of a virtual screen: read from the X window dump that Xvfb keeps, written as PNG.

use crate::Chore;
use std::collections::HashSet;
use std::fs;
use std::io::BufWriter;
use std::path::Path;

/// Rows of red, green and blue.
#[derive(PartialEq, Eq)]
pub(crate) struct Frame {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl Frame {
    /// Reads the 24-bit little-endian form Xvfb writes; nothing for any other.
    pub(crate) fn from_xwd(bytes: &[u8]) -> Option<Self> {
        // The header is 25 big-endian words; these are the ones that matter here (X11/XWDFile.h).
        let word = |index: usize| {
            Some(u32::from_be_bytes(
                bytes.get(index * 4..index * 4 + 4)?.try_into().ok()?,
            ))
        };
        let (header, width, height) = (word(0)?, word(4)?, word(5)?);
        let (bits_per_pixel, bytes_per_line, colours) = (word(11)?, word(12)?, word(19)?);
        let least_significant_first = word(7)? == 0;
        if bits_per_pixel != 32 || !least_significant_first {
            return None;
        }
        let start = usize::try_from(header + colours * 12).ok()?;
        let stride = usize::try_from(bytes_per_line).ok()?;
        let mut rgb = Vec::with_capacity(usize::try_from(width * height * 3).ok()?);
        for row in 0..usize::try_from(height).ok()? {
            let line = bytes
                .get(start + row * stride..)?
                .get(..usize::try_from(width).ok()? * 4)?;
            rgb.extend(line.chunks_exact(4).flat_map(|bgrx| [bgrx[2], bgrx[1], bgrx[0]]));
        }
        Some(Self { width, height, rgb })
    }

    /// Whether something is drawn: an empty window is a colour or two, while the edges of letters alone are dozens.
    pub(crate) fn is_drawn(&self) -> bool {
        let colours: HashSet<&[u8]> = self.rgb.chunks_exact(3).collect();
        colours.len() > 24
    }

    /// Writes it as PNG.
    pub(crate) fn save(&self, path: &Path) -> Chore<()> {
        let write = || -> Result<(), Box<dyn std::error::Error>> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut encoder = png::Encoder::new(BufWriter::new(fs::File::create(path)?), self.width, self.height);
            encoder.set_color(png::ColorType::Rgb);
            encoder.write_header()?.write_image_data(&self.rgb)?;
            Ok(())
        };
        write().map_err(|error| format!("{} could not be written: {error}.", path.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dump of one row, with one colour-map entry in front of the pixels, as Xvfb writes it.
    fn dump(pixels: &[[u8; 4]]) -> Vec<u8> {
        let mut words = [0_u32; 25];
        words[0] = 100;
        words[4] = u32::try_from(pixels.len()).unwrap();
        words[5] = 1;
        words[11] = 32;
        words[12] = words[4] * 4;
        words[19] = 1;
        let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        bytes.extend([0; 12]);
        bytes.extend(pixels.as_flattened());
        bytes
    }

    #[test]
    fn colours_come_out_in_their_order() {
        let frame = Frame::from_xwd(&dump(&[[3, 2, 1, 0], [6, 5, 4, 0]])).unwrap();
        assert_eq!((frame.width, frame.height, frame.rgb), (2, 1, vec![1, 2, 3, 4, 5, 6]));
    }

    #[test]
    fn a_plain_window_is_not_drawn_and_many_shades_are() {
        assert!(!Frame::from_xwd(&dump(&[[9, 9, 9, 0]; 40])).unwrap().is_drawn());
        let shades: Vec<[u8; 4]> = (0..40).map(|shade| [shade, shade, shade, 0]).collect();
        assert!(Frame::from_xwd(&dump(&shades)).unwrap().is_drawn());
    }

    #[test]
    fn a_short_or_foreign_dump_is_refused() {
        assert!(Frame::from_xwd(b"P6 1 1 255").is_none());
        let whole = dump(&[[1, 2, 3, 0]; 4]);
        assert!(Frame::from_xwd(&whole[..whole.len() - 1]).is_none());
    }
}
