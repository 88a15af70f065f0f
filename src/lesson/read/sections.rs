//! Cuts a file into chapters, steps and their blocks, by its lines.

use super::LessonError;

/// The kinds of blocks that are not ordinary code.
const KINDS: [&str; 4] = ["bench", "bet", "question", "widget"];

/// A heading with what follows it up to the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Whether it begins a chapter; else a step.
    pub is_chapter: bool,
    /// Its text.
    pub title: String,
    /// Its name in braces.
    pub id: Option<String>,
    /// The line of its heading, from 1.
    pub line: usize,
    /// Its Markdown, with an empty line in the place of each line of a block: line n of it is line `line + 1 + n` of the file.
    pub body: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A fenced block.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// One of `KINDS`.
    pub kind: &'static str,
    /// Its inside.
    pub text: String,
    /// The line of its fence, from 1.
    pub line: usize,
}

/// A fence that is open.
enum Fence {
    None,
    /// Ordinary code, with the signs that end it.
    Code(String),
    /// A block of ours, with the signs that end it.
    Block(Block, String),
}

/// Cuts a text into sections; what stands before the first heading is left out if it is empty, and else a fault.
pub fn sections(file: &str, text: &str, faults: &mut Vec<LessonError>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut fence = Fence::None;
    let mut fault = |line: usize, message: &str| {
        faults.push(LessonError { file: file.to_owned(), line, message: message.to_owned() });
    };
    for (line_idx, line) in text.lines().enumerate() {
        let number = line_idx + 1;
        let trimmed = line.trim_start();
        let mut kept = line;
        match &mut fence {
            Fence::Block(block, end) => {
                kept = "";
                if trimmed.trim_end() == end {
                    if let (Fence::Block(block, _), Some(section)) =
                        (std::mem::replace(&mut fence, Fence::None), sections.last_mut())
                    {
                        section.blocks.push(block);
                    }
                } else {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            Fence::Code(end) => {
                if trimmed.trim_end() == end {
                    fence = Fence::None;
                }
            }
            Fence::None => {
                let end: String = trimmed.chars().take_while(|sign| *sign == '`').collect();
                if end.len() >= 3 {
                    let word = trimmed[end.len()..].trim();
                    fence = match KINDS.iter().find(|kind| **kind == word) {
                        Some(kind) => {
                            kept = "";
                            if sections.last().is_none_or(|section| section.is_chapter) {
                                fault(
                                    number,
                                    "a block belongs to a step: expected a heading `## Title {#name}` before it",
                                );
                            }
                            Fence::Block(Block { kind, text: String::new(), line: number }, end)
                        }
                        None => Fence::Code(end),
                    };
                } else if let Some((is_chapter, heading)) = heading(line) {
                    let (title, id) = title_and_id(heading);
                    sections.push(Section {
                        is_chapter,
                        title,
                        id,
                        line: number,
                        body: String::new(),
                        blocks: Vec::new(),
                    });
                    continue;
                }
            }
        }
        match sections.last_mut() {
            Some(section) => {
                section.body.push_str(kept);
                section.body.push('\n');
            }
            None if line.trim().is_empty() => {}
            None => {
                fault(number, "text before the first chapter: expected a heading `# Title {#name}`");
                break;
            }
        }
    }
    if let Fence::Block(block, _) = fence {
        fault(block.line, "this block has no end: expected a line of three backticks");
    }
    sections
}

/// The level and the text of a heading of the first or second level.
fn heading(line: &str) -> Option<(bool, &str)> {
    line.strip_prefix("## ").map(|text| (false, text)).or_else(|| line.strip_prefix("# ").map(|text| (true, text)))
}

/// A heading's text and its name in braces.
fn title_and_id(heading: &str) -> (String, Option<String>) {
    let heading = heading.trim();
    let named = heading.strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"));
    match named {
        Some((title, id)) => (title.trim().to_owned(), Some(id.trim().to_owned())),
        None => (heading.to_owned(), None),
    }
}
