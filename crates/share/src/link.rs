//! The link itself: version, base64, compression.

use crate::{LIMITS, LinkError, Project, base64, record};
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

const VERSION_1: &str = "v1=";
/// The slowest there is: a link is made once and travels often.
const EFFORT: u8 = 10;

/// The project as what follows the `#` of a link.
///
/// # Errors
/// [`LinkError::TooLarge`] when no reader would open it.
pub fn encode(project: &Project) -> Result<String, LinkError> {
    let records = record::write(project);
    if records.len() > LIMITS.unpacked || project.files.len() > LIMITS.files {
        return Err(LinkError::TooLarge);
    }
    let packed = base64::encode(&compress_to_vec_zlib(&records, EFFORT));
    if packed.len() + VERSION_1.len() > LIMITS.link {
        return Err(LinkError::TooLarge);
    }
    Ok(format!("{VERSION_1}{packed}"))
}

/// What a link's fragment opens, with or without its `#`; None when it is no project at all, such
/// as the name of a place in a page.
pub fn decode(fragment: &str) -> Option<Result<Project, LinkError>> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    let (version, packed) = fragment.split_once('=')?;
    let number = version.strip_prefix('v')?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(if number == "1" { unpack(packed) } else { Err(LinkError::Newer) })
}

fn unpack(packed: &str) -> Result<Project, LinkError> {
    if packed.len() > LIMITS.link {
        return Err(LinkError::TooLarge);
    }
    let packed = base64::decode(packed)?;
    let records = decompress_to_vec_zlib_with_limit(&packed, LIMITS.unpacked).map_err(|error| {
        if error.status == TINFLStatus::HasMoreOutput {
            LinkError::TooLarge
        } else {
            LinkError::Damaged
        }
    })?;
    record::read(&records)
}
