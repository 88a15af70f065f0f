//! Inkling: a neural-network playground that lives in a browser tab.
