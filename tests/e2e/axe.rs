//! What axe-core, the usual checker of how a page reads to everyone, says of the screen that is open.

use crate::harness::App;
use serde_json::{Value, json};
use std::{fs, path::Path};

/// Each rule that was broken, where, and why.
const LOOK: &str = "
  return axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\\n${html}\\n${failureSummary}`)));
";

/// Holds that nothing on this screen keeps anyone out.
pub(crate) fn finds_nothing(app: &App, screen: &str) {
    app.settle();
    if app.ask("return typeof axe").unwrap() != json!("object") {
        // Installed with the screens' own packages, and handed in by the driver: the app never carries it.
        let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
        app.ask(&fs::read_to_string(axe).unwrap()).unwrap();
    }
    let found = app.ask(LOOK).unwrap();
    let broken: Vec<&str> = found.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(broken.is_empty(), "on {screen}, axe finds:\n\n{}", broken.join("\n\n"));
}
