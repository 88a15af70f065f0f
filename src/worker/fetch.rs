//! Files from the static host: fetched with progress, tried again, checked, inflated.

use crate::client::describe;
use js_sys::{Promise, Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair, Response, WorkerGlobalScope, WritableStream,
};

// web-sys still keeps this interface behind its unstable flag, though all browsers have it since 2023.
#[wasm_bindgen]
extern "C" {
    type DecompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn readable(this: &DecompressionStream) -> ReadableStream;

    #[wasm_bindgen(method, getter)]
    fn writable(this: &DecompressionStream) -> WritableStream;
}

/// Tries before a file is given up.
const MAX_TRIES: usize = 3;

/// The file at `url`, whole. `on_chunk` hears the count of each piece's bytes; after a failed try, the negative of
/// what that try had brought.
///
/// # Errors
/// A sentence that names the file and what went wrong at the last of three tries.
pub async fn fetch_checked(url: &str, sha256: Option<&str>, on_chunk: &dyn Fn(isize)) -> Result<Vec<u8>, String> {
    let mut error = String::new();
    for _try in 0..MAX_TRIES {
        let mut n_received = 0;
        let fetched = fetch(url, &mut |n_bytes| {
            n_received += n_bytes.cast_signed();
            on_chunk(n_bytes.cast_signed());
        })
        .await
        .and_then(|bytes| check_sha256(bytes, sha256));
        match fetched {
            Ok(bytes) => return Ok(bytes),
            Err(cause) => {
                on_chunk(-n_received);
                error = cause;
            }
        }
    }
    let file = url.rsplit('/').next().unwrap_or(url);
    Err(format!("{file} could not be loaded ({error}; tried {MAX_TRIES} times)"))
}

async fn fetch(url: &str, on_chunk: &mut dyn FnMut(usize)) -> Result<Vec<u8>, String> {
    let scope = js_sys::global().unchecked_into::<WorkerGlobalScope>();
    let response: Response = settle(scope.fetch_with_str(url)).await?.unchecked_into();
    if !response.ok() {
        return Err(format!("the server answered {} {}", response.status(), response.status_text()).trim().to_owned());
    }
    let Some(body) = response.body() else { return Err("the server sent nothing".to_owned()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let piece = settle(reader.read()).await?;
        if field(&piece, "done")?.is_truthy() {
            return Ok(bytes);
        }
        let chunk: Uint8Array = field(&piece, "value")?.unchecked_into();
        let start = bytes.len();
        bytes.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[start..]);
        on_chunk(bytes.len() - start);
    }
}

/// The bytes back, if they are what the manifest promises.
fn check_sha256(bytes: Vec<u8>, expected: Option<&str>) -> Result<Vec<u8>, String> {
    let Some(expected) = expected else { return Ok(bytes) };
    let got = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    if got == expected {
        Ok(bytes)
    } else {
        Err(format!("it is damaged: expected SHA-256 {expected}, got {got} of {} bytes", bytes.len()))
    }
}

/// Unpacks gzip with the browser's own inflater.
///
/// # Errors
/// If the bytes are no gzip file, or the browser has no `DecompressionStream`.
pub async fn inflate(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let inflater = DecompressionStream::new("gzip").map_err(|error| describe(&error))?;
    let packed =
        Response::new_with_opt_js_u8_array(Some(&Uint8Array::from(bytes))).map_err(|error| describe(&error))?;
    let Some(stream) = packed.body() else { return Err("nothing to unpack".to_owned()) };
    let pair = ReadableWritablePair::new(&inflater.readable(), &inflater.writable());
    let unpacked = Response::new_with_opt_readable_stream(Some(&stream.pipe_through(&pair)))
        .and_then(|response| response.array_buffer())
        .map_err(|error| describe(&error))?;
    Ok(Uint8Array::new(&settle(unpacked).await?).to_vec())
}

async fn settle(promise: Promise) -> Result<JsValue, String> {
    JsFuture::from(promise).await.map_err(|error| describe(&error))
}

fn field(object: &JsValue, name: &str) -> Result<JsValue, String> {
    Reflect::get(object, &JsValue::from_str(name)).map_err(|error| describe(&error))
}
