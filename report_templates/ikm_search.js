(function () {
  var box = document.getElementById('cari-saran');
  if (!box) return;
  var input = box.querySelector('input'), said = box.querySelector('output');
  var groups = [].slice.call(document.querySelectorAll('details.saran'));
  var items = groups.map(function (g) {
    return [].slice.call(g.querySelectorAll('li')).map(function (li) {
      return { li: li, text: li.textContent.toLowerCase() };
    });
  });
  var open = groups.map(function (g) { return g.open; }), searching = false;
  box.hidden = false;
  input.addEventListener('input', function () {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean), found = 0;
    if (words.length && !searching) open = groups.map(function (g) { return g.open; });
    searching = words.length > 0;
    groups.forEach(function (g, i) {
      var here = 0;
      items[i].forEach(function (s) {
        var match = words.every(function (w) { return s.text.indexOf(w) >= 0; });
        s.li.hidden = !match;
        if (match) here += 1;
      });
      found += here;
      g.hidden = here === 0;
      g.open = searching ? true : open[i];
    });
    said.textContent = searching ? found + ' saran ditemukan' : '';
  });
})();
