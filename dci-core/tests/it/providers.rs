//! Every provider of this build.

use dci_core::jose::Provider;

pub(crate) fn providers() -> Vec<Box<dyn Provider>> {
    vec![
        #[cfg(feature = "aws-lc")]
        Box::new(dci_core::jose::AwsLc::new()),
        #[cfg(feature = "josekit")]
        Box::new(dci_core::jose::JosekitOpenssl::new()),
    ]
}
