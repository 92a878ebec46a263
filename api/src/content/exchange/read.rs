//! The input, line by line: plain or gzip, in batches, on a thread of its own.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use tokio::sync::mpsc::Sender;

use super::check::Checker;
use super::parse::{Parsed, parse};

/// Bytes in a line, at most: what one record can make the process hold.
pub const MAX_LINE: usize = 16 * 1024 * 1024;
/// A batch is handed on once it has this many records…
const BATCH_RECORDS: usize = 200;
/// …or this many bytes.
const BATCH_BYTES: usize = 1024 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Some lines that follow each other.
pub(super) struct Batch {
    pub(super) lines: Vec<(u64, Parsed)>,
    /// Bytes of the input that have been read so far, as they came in.
    pub(super) bytes: u64,
}

/// The input can't be read after this line.
#[derive(Debug)]
pub(super) struct ReadError {
    pub(super) line: u64,
    pub(super) source: io::Error,
}

/// Read all of `input`, hand it to `batches`; end early if nobody listens.
pub(super) fn read(input: impl Read, batches: &Sender<Batch>) -> Result<(), ReadError> {
    let bytes = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        input,
        bytes: Arc::clone(&bytes),
    };
    let fail = |line| move |source| ReadError { line, source };
    let mut lines = Lines::new(decoded(counted).map_err(fail(0))?);
    let mut checker = Checker::default();
    let mut batch = Vec::new();
    let mut size = 0;
    loop {
        let line = lines.next().map_err(fail(lines.number))?;
        let ended = line.is_none();
        if let Some((number, length, mut parsed)) = line {
            checker.check(number, &mut parsed);
            batch.push((number, parsed));
            size += length;
        }
        if ended || batch.len() >= BATCH_RECORDS || size >= BATCH_BYTES {
            let lines = std::mem::take(&mut batch);
            let bytes = bytes.load(Ordering::Relaxed);
            size = 0;
            if batches.blocking_send(Batch { lines, bytes }).is_err() || ended {
                return Ok(());
            }
        }
    }
}

/// `input`, unpacked if its first two bytes say that it is gzip.
fn decoded<'a>(mut input: impl Read + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let mut magic = Vec::with_capacity(GZIP.len());
    input
        .by_ref()
        .take(GZIP.len() as u64)
        .read_to_end(&mut magic)?;
    let packed = magic == GZIP;
    let input = BufReader::with_capacity(64 * 1024, Cursor::new(magic).chain(input));
    Ok(if packed {
        Box::new(BufReader::with_capacity(
            64 * 1024,
            MultiGzDecoder::new(input),
        ))
    } else {
        Box::new(input)
    })
}

struct Lines<R> {
    input: R,
    /// Of the line that was read last, from 1.
    number: u64,
    line: Vec<u8>,
    /// The first of the blank lines that were read last.
    blank: Option<u64>,
    /// A line that waits because a blank one before it is to be told first.
    waiting: Option<(u64, usize, Parsed)>,
}

impl<R: BufRead> Lines<R> {
    const fn new(input: R) -> Self {
        Self {
            input,
            number: 0,
            line: Vec::new(),
            blank: None,
            waiting: None,
        }
    }

    /// The next line that is not blank: its number, its length, what it says.
    /// A blank line is told only if something follows it.
    fn next(&mut self) -> io::Result<Option<(u64, usize, Parsed)>> {
        if let Some(line) = self.waiting.take() {
            return Ok(Some(line));
        }
        loop {
            let Some(complete) = self.fill()? else {
                return Ok(None);
            };
            self.number += 1;
            if self.line.iter().all(u8::is_ascii_whitespace) && complete {
                self.blank.get_or_insert(self.number);
                continue;
            }
            let parsed = if complete {
                parse(&self.line)
            } else {
                Parsed::unreadable(format!(
                    "has more than {MAX_LINE} bytes, the most of a line"
                ))
            };
            let line = (self.number, self.line.len(), parsed);
            let Some(blank) = self.blank.take() else {
                return Ok(Some(line));
            };
            self.waiting = Some(line);
            let parsed = Parsed::unreadable("is blank; only the end may be");
            return Ok(Some((blank, 0, parsed)));
        }
    }

    /// Read a line; whether it is whole. A longer one is read and let go, so
    /// that what follows can be checked.
    fn fill(&mut self) -> io::Result<Option<bool>> {
        self.line.clear();
        let limit = MAX_LINE as u64 + 1;
        let input = &mut self.input;
        if input.take(limit).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        if self.line.len() <= MAX_LINE || self.line.ends_with(b"\n") {
            return Ok(Some(true));
        }
        self.line = Vec::new();
        loop {
            let buffer = input.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(buffer.len(), |end| end + 1);
            let ended = end.is_some() || buffer.is_empty();
            input.consume(used);
            if ended {
                return Ok(Some(false));
            }
        }
    }
}

struct Counted<R> {
    input: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
