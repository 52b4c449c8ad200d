//! Chromium as the reader's eye: a page at phone and desk width and on paper, without scroll, message or network request.

use std::path::Path;
use std::process::{Command, Output};

/// Runs headless Chromium in an empty profile. Panics where it is missing.
fn chromium(folder: &Path, more: &[&str]) -> Output {
    let profile = tempfile::tempdir_in(folder).expect("a profile");
    Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--allow-file-access-from-files",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr",
            "--v=0",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(more)
        .env("HOME", folder)
        .output()
        .expect("Chromium is needed for this test: install chromium")
}

/// What a page did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// Width the page wants against the width it has.
    pub scroll_width: u32,
    pub client_width: u32,
    /// Elements that reach past the right edge.
    pub overflowing: Vec<String>,
    /// Lines of the console.
    pub console: Vec<String>,
    /// Requests other than for the page itself.
    pub requests: Vec<String>,
}

/// Opens `html` in a frame `width` pixels wide.
pub fn open_at(html: &str, width: u32) -> Behaviour {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("page.html"), html).expect("the page");
    let harness = folder.path().join("harness.html");
    std::fs::write(&harness, harness_page(width)).expect("the harness");
    let net_log = folder.path().join("net.json");
    let output = chromium(
        folder.path(),
        &[
            "--window-size=1600,1000",
            "--virtual-time-budget=5000",
            &format!("--log-net-log={}", net_log.display()),
            "--dump-dom",
            &format!("file://{}", harness.display()),
        ],
    );
    let dom = String::from_utf8_lossy(&output.stdout);
    let result = between(&dom, "<pre id=\"result\">", "</pre>")
        .unwrap_or_else(|| panic!("the harness did not finish: {output:?}"));
    let mut lines = result.lines();
    let mut number = || {
        let line = lines.next().unwrap_or_default();
        line.parse()
            .unwrap_or_else(|_| panic!("no width in {result:?}"))
    };
    let (scroll_width, client_width) = (number(), number());
    Behaviour {
        scroll_width,
        client_width,
        overflowing: lines.map(str::to_owned).collect(),
        console: console(&output),
        requests: requests(&net_log),
    }
}

fn harness_page(width: u32) -> String {
    format!(
        "<!DOCTYPE html><link rel=\"icon\" href=\"data:,\"><iframe id=\"f\" style=\"width:{width}px;height:900px;border:0\" src=\"page.html\"></iframe>\
<pre id=\"waiting\"></pre><script>
document.getElementById('f').addEventListener('load', function () {{
  var d = this.contentDocument;
  d.querySelectorAll('details').forEach(function (x) {{ x.open = true; }});
  var e = d.documentElement, out = [e.scrollWidth, e.clientWidth];
  d.querySelectorAll('body *').forEach(function (x) {{
    var r = x.getBoundingClientRect();
    if (r.width > 0 && r.right > e.clientWidth + 0.5 && !x.parentElement.closest('.wide-box')) out.push(x.tagName + '.' + x.getAttribute('class') + ' ' + r.right + ' ' + x.textContent.slice(0, 40).replace(/\\s+/g, ' '));
  }});
  var p = document.createElement('pre'); p.id = 'result'; p.textContent = out.join('\\n');
  document.body.appendChild(p);
}});
</script>"
    )
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let start = text.find(open)? + open.len();
    let end = text[start..].find(close)? + start;
    Some(&text[start..end])
}

fn console(output: &Output) -> Vec<String> {
    let log = String::from_utf8_lossy(&output.stderr);
    let lines = log.lines().filter(|l| l.contains(":CONSOLE"));
    lines.map(str::to_owned).collect()
}

/// Addresses a page asked for over a network. The browser's own requests (time, updates) have no origin as initiator.
fn requests(net_log: &Path) -> Vec<String> {
    let log = std::fs::read_to_string(net_log).expect("Chromium wrote no net log");
    let mut found: Vec<String> = Vec::new();
    for event in log.split("\"initiator\":\"").skip(1) {
        if event.starts_with("not an origin\"") {
            continue;
        }
        let address = between(event, "\"url\":\"", "\"").unwrap_or_default();
        let schemes = ["http:", "https:", "ws:", "wss:", "ftp:"];
        let network = schemes.iter().any(|s| address.starts_with(s));
        if network && !found.iter().any(|f| f == address) {
            found.push(address.to_owned());
        }
    }
    found
}

/// What a search of the suggestions shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Searched {
    /// Suggestions that are not hidden.
    pub shown: usize,
    /// Whether there is a field to type in.
    pub field: bool,
    /// What the page says of the number found.
    pub said: String,
}

/// Types `words` into the search of a page, whose scripts run or not.
pub fn search(html: &str, words: &str, scripts: bool) -> Searched {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("page.html"), html).expect("the page");
    let harness = folder.path().join("harness.html");
    let sandbox = match scripts {
        true => "allow-same-origin allow-scripts",
        false => "allow-same-origin",
    };
    std::fs::write(&harness, search_page(words, sandbox)).expect("the harness");
    let output = chromium(
        folder.path(),
        &[
            "--virtual-time-budget=5000",
            "--dump-dom",
            &format!("file://{}", harness.display()),
        ],
    );
    let dom = String::from_utf8_lossy(&output.stdout);
    let result = between(&dom, "<pre id=\"result\">", "</pre>")
        .unwrap_or_else(|| panic!("the harness did not finish: {output:?}"));
    let mut parts = result.splitn(3, '|');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    Searched {
        shown: next().parse().expect("a number"),
        field: next() == "true",
        said: next(),
    }
}

fn search_page(words: &str, sandbox: &str) -> String {
    format!(
        "<!DOCTYPE html><iframe id=\"f\" sandbox=\"{sandbox}\" style=\"width:900px;height:900px\" src=\"page.html\"></iframe><script>
document.getElementById('f').addEventListener('load', function () {{
  var d = this.contentDocument, box = d.getElementById('cari-saran'), input = box.querySelector('input');
  ['x', '{words}'].forEach(function (typed) {{
    input.value = typed;
    input.dispatchEvent(new Event('input', {{ bubbles: true }}));
  }});
  var all = [].slice.call(d.querySelectorAll('details.saran li'));
  var shown = all.filter(function (li) {{ return !li.hidden && !li.closest('details').hidden; }});
  var p = document.createElement('pre'); p.id = 'result';
  p.textContent = [shown.length, !box.hidden, box.querySelector('output').textContent].join('|');
  document.body.appendChild(p);
}});
</script>"
    )
}

/// The page as PDF.
pub fn pdf(html: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = folder.path().join("page.html");
    std::fs::write(&page, html).expect("the page");
    let made = folder.path().join("page.pdf");
    let output = chromium(
        folder.path(),
        &[
            "--no-pdf-header-footer",
            &format!("--print-to-pdf={}", made.display()),
            &format!("file://{}", page.display()),
        ],
    );
    std::fs::read(&made).unwrap_or_else(|_| panic!("Chromium wrote no PDF: {output:?}"))
}

/// The text of each page of a PDF.
pub fn pdf_pages(pdf: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("page.pdf");
    std::fs::write(&file, pdf).expect("the PDF");
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()
        .expect("pdftotext is needed for this test: install poppler-utils");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    pages.map(str::to_owned).collect()
}

/// Width and height of the first page, in points.
pub fn pdf_size(pdf: &[u8]) -> (u32, u32) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("page.pdf");
    std::fs::write(&file, pdf).expect("the PDF");
    let output = Command::new("pdfinfo")
        .arg(&file)
        .output()
        .expect("pdfinfo is needed for this test: install poppler-utils");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find(|l| l.starts_with("Page size"));
    let words: Vec<f64> = line
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|w| w.parse().ok())
        .collect();
    (words[0].round() as u32, words[1].round() as u32)
}

#[test]
fn a_page_that_misbehaves_is_found_out() {
    let bad = "<!DOCTYPE html><title>x</title><div style=\"width:900px\">lebar</div>\
<img src=\"http://contoh.invalid/a.png\"><script>console.error('pesan')</script>";
    let seen = open_at(bad, 360);
    assert!(seen.scroll_width > seen.client_width, "{seen:?}");
    assert!(!seen.overflowing.is_empty(), "{seen:?}");
    assert!(seen.console.iter().any(|l| l.contains("pesan")), "{seen:?}");
    assert_eq!(seen.requests, ["http://contoh.invalid/a.png"], "{seen:?}");
}
