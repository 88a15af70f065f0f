//! The unit whose weights are edited, and the way to its editor.

use leptos::prelude::*;

/// The unit whose weights are edited. The place holds it, so that it stays the same while its editor is closed.
#[derive(Clone, Copy)]
pub struct EditedUnit {
    /// Index of the layer, and the unit or filter.
    pub chosen: RwSignal<(usize, usize)>,
    open_editor: Callback<()>,
}

impl EditedUnit {
    /// Puts the first unit in the context of the calling component; `open_editor` shows the editor.
    pub fn provide(open_editor: Callback<()>) {
        provide_context(EditedUnit { chosen: RwSignal::new((0, 0)), open_editor });
    }

    /// Opens the editor at a unit or filter.
    pub fn open(self, layer_idx: usize, unit: usize) {
        self.chosen.set((layer_idx, unit));
        self.open_editor.run(());
    }
}
