//! JSON as a tree of borrowed text: enough to see which fields an object has, and a small part of the program that a
//! general reader would be. What strings and numbers hold is left to whoever reads the text that comes out of it.

/// Experiments are at most five levels deep.
const MAX_DEPTH: usize = 16;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json<'a> {
    /// Fields in order; names without quotes, as they are written.
    Object(Vec<(&'a str, Json<'a>)>),
    /// Items in order.
    Array(Vec<Json<'a>>),
    /// A string with its quotes, a number, or a word, as it is written.
    Scalar(&'a str),
}

impl<'a> Json<'a> {
    /// The value that a text is; none if it is not JSON, or nested too deep.
    pub fn parse(text: &'a str) -> Option<Json<'a>> {
        let mut reader = Reader { rest: text };
        let value = reader.value(0)?;
        reader.peek().is_none().then_some(value)
    }

    /// A field of an object.
    pub fn field(&self, name: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(fields) => fields.iter().find(|(found, _)| *found == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The same, to be changed.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut Json<'a>> {
        match self {
            Json::Object(fields) => fields.iter_mut().find(|(found, _)| *found == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// What stands between a string's quotes.
    pub fn as_str(&self) -> Option<&'a str> {
        match self {
            Json::Scalar(text) => text.strip_prefix('"')?.strip_suffix('"'),
            _ => None,
        }
    }

    /// Whether it is the word `null`.
    pub fn is_null(&self) -> bool {
        *self == Json::Scalar("null")
    }

    /// Adds its text to `text`.
    pub fn write(&self, text: &mut String) {
        match self {
            Json::Scalar(scalar) => text.push_str(scalar),
            Json::Array(items) => {
                text.push('[');
                for (item_idx, item) in items.iter().enumerate() {
                    text.push_str(if item_idx > 0 { "," } else { "" });
                    item.write(text);
                }
                text.push(']');
            }
            Json::Object(fields) => {
                text.push('{');
                for (field_idx, (name, value)) in fields.iter().enumerate() {
                    text.push_str(if field_idx > 0 { ",\"" } else { "\"" });
                    text.push_str(name);
                    text.push_str("\":");
                    value.write(text);
                }
                text.push('}');
            }
        }
    }
}

/// What of the text is not read yet.
struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// The next sign that is not white space; it is not taken.
    fn peek(&mut self) -> Option<u8> {
        self.rest = self.rest.trim_start();
        self.rest.bytes().next()
    }

    /// Takes a sign if it is the next one.
    fn takes(&mut self, sign: u8) -> bool {
        let is_next = self.peek() == Some(sign);
        if is_next {
            self.rest = &self.rest[1..];
        }
        is_next
    }

    fn value(&mut self, depth: usize) -> Option<Json<'a>> {
        if depth > MAX_DEPTH {
            return None;
        }
        match self.peek()? {
            b'{' => {
                let mut fields = Vec::new();
                self.list(b'}', |reader| {
                    let name = reader.string()?;
                    let value = reader.takes(b':').then(|| reader.value(depth + 1))??;
                    fields.push((&name[1..name.len() - 1], value));
                    Some(())
                })?;
                Some(Json::Object(fields))
            }
            b'[' => {
                let mut items = Vec::new();
                self.list(b']', |reader| {
                    items.push(reader.value(depth + 1)?);
                    Some(())
                })?;
                Some(Json::Array(items))
            }
            b'"' => self.string().map(Json::Scalar),
            _ => {
                let end = self.rest.find([',', ']', '}', ':', '"', '{', '[', ' ', '\t', '\r', '\n']);
                self.take(end.unwrap_or(self.rest.len())).map(Json::Scalar)
            }
        }
    }

    /// Takes a list's opening sign, its items with commas between them, and its closing sign.
    fn list(&mut self, end: u8, mut item: impl FnMut(&mut Reader<'a>) -> Option<()>) -> Option<()> {
        self.rest = &self.rest[1..];
        if self.takes(end) {
            return Some(());
        }
        loop {
            item(self)?;
            if self.takes(end) {
                return Some(());
            }
            self.takes(b',').then_some(())?;
        }
    }

    /// A string with its quotes.
    fn string(&mut self) -> Option<&'a str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let mut is_escaped = false;
        let end = self.rest[1..].find(|sign| {
            let is_end = sign == '"' && !is_escaped;
            is_escaped = sign == '\\' && !is_escaped;
            is_end
        })?;
        self.take(end + 2)
    }

    fn take(&mut self, n_bytes: usize) -> Option<&'a str> {
        let (taken, rest) = self.rest.split_at_checked(n_bytes).filter(|(taken, _)| !taken.is_empty())?;
        self.rest = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    #[track_caller]
    fn check_round_trip(text: &str, expected: &str) {
        let mut written = String::new();
        Json::parse(text).unwrap().write(&mut written);
        assert_eq!(written, expected);
    }

    #[test]
    fn values_come_out_as_they_went_in() {
        check_round_trip("{}", "{}");
        check_round_trip(" [ ] ", "[]");
        check_round_trip(
            "{ \"a\" : [1, -2.5e-7, true, null], \"b\\\"]\": {\"c\": \"}\\\\\"} }",
            "{\"a\":[1,-2.5e-7,true,null],\"b\\\"]\":{\"c\":\"}\\\\\"}}",
        );
        check_round_trip("{\"é\":\"☃\"}", "{\"é\":\"☃\"}");
    }

    #[test]
    fn what_is_cut_or_more_than_one_value_is_refused() {
        let whole = "{\"a\":[1,{\"b\":\"c\\\"\"}]}";
        for end in 0..whole.len() {
            assert_eq!(Json::parse(&whole[..end]), None, "{}", &whole[..end]);
        }
        for wrong in ["{}{}", "[1,]", "{,}", "{\"a\"}", "{1:2}", "[1 2]", "\"", "{\"a\":}", "]", ","] {
            assert_eq!(Json::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
    }
}
