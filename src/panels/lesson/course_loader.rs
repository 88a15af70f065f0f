//! Fetches the course, and reads lessons of teachers.

use super::lesson_state::LessonState;
use crate::lesson::{Course, FILES};
use futures_util::future::try_join_all;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Response};

/// The folder of the course, beside the page.
const FOLDER: &str = "assets/lessons/";
/// A lesson is text; a file beyond this is none.
const MAX_BYTES: f64 = 2e6;

/// Fetches and opens the course that comes with the page.
pub fn load_course(lesson: LessonState) {
    lesson.faults.set(Vec::new());
    spawn_local(async move {
        let texts = try_join_all(FILES.iter().map(|name| fetch_text(name))).await;
        let read = texts.map_err(|fault| vec![fault]).and_then(|texts| {
            let files: Vec<_> = FILES.iter().copied().zip(texts.iter().map(String::as_str)).collect();
            read(&files)
        });
        // The page can be gone by now.
        if lesson.course.try_get_untracked().is_some() {
            take(lesson, read, None);
        }
    });
}

/// Reads and opens a file that was dropped on the page.
pub fn open_file(lesson: LessonState, file: File) {
    spawn_local(async move {
        let name = file.name();
        let text = if file.size() > MAX_BYTES {
            Err(format!("{name}: expected a lesson of at most 2 MB, got {:.0} MB", file.size() / 1e6))
        } else {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            text.ok_or_else(|| format!("{name} could not be read: is it a text file?"))
        };
        let read = text.map_err(|fault| vec![fault]).and_then(|text| read(&[(&name, &text)]));
        if lesson.course.try_get_untracked().is_some() {
            take(lesson, read, Some(name));
        }
    });
}

fn read(files: &[(&str, &str)]) -> Result<Course, Vec<String>> {
    Course::read(files).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// Opens a course that could be read, at the step that the address or the last visit names; else says what is wrong, and
/// leaves the one that is open.
fn take(lesson: LessonState, read: Result<Course, Vec<String>>, file: Option<String>) {
    let course = match read {
        Ok(course) => course,
        Err(faults) => return lesson.faults.set(faults),
    };
    lesson.faults.set(Vec::new());
    let wanted = [lesson.places.step.get_untracked(), lesson.progress.read_untracked().step.clone()];
    let known = wanted.iter().flatten().find(|id| course.find(id).is_some()).cloned();
    if let (Some(asked), None) = (&wanted[0], &file)
        && course.find(asked).is_none()
    {
        lesson
            .faults
            .set(vec![format!("The lesson has no step “{asked}”. It opens where you were, or at its beginning.")]);
    }
    let first = course.steps().next().map(|step| step.id.clone());
    lesson.course.set(Arc::new(course));
    lesson.file.set(file);
    if let Some(id) = known.or(first) {
        lesson.open(&id);
    }
}

async fn fetch_text(name: &str) -> Result<String, String> {
    let failed = || format!("The lesson could not be fetched ({name}): the page's host does not answer. Try again.");
    let fetched = JsFuture::from(window().fetch_with_str(&format!("{FOLDER}{name}"))).await.map_err(|_| failed())?;
    let response: Response = fetched.dyn_into().map_err(|_| failed())?;
    if !response.ok() {
        return Err(failed());
    }
    let text = response.text().map_err(|_| failed())?;
    JsFuture::from(text).await.ok().and_then(|text| text.as_string()).ok_or_else(failed)
}
