// Texts are cut as tkt/store/index/cutting.py cuts them: words of ASCII letters and digits, and overlapping pairs of
// all other characters with the last one alone behind them. tests/helpcentre/test_cutting_js.py compares the two.
(function (root) {
  "use strict";
  var RUNS = /[0-9a-z]+|[^\x00-\x7f]+/gu;

  // As tkt.fields.normalised: full-width as half-width, no difference of case (dotless i and final sigma by hand).
  function normalised(text) {
    return text.normalize("NFKC").replace(/[^\u0131]+/g, function (part) {
      return part.toLowerCase().toUpperCase().toLowerCase();
    }).replace(/\u03c2/g, "\u03c3");
  }

  function isWord(run) {
    return /^[0-9a-z]/.test(run);
  }

  function pairs(run) {
    var chars = Array.from(run), found = [];
    for (var place = 0; place + 1 < chars.length; place++) found.push(chars[place] + chars[place + 1]);
    return found;
  }

  function cut(text) {
    var found = [];
    (normalised(text).match(RUNS) || []).forEach(function (run) {
      if (isWord(run)) found.push(run);
      else found = found.concat(pairs(run), Array.from(run).slice(-1));
    });
    return found;
  }

  // What is asked for: a run of characters by its pairs alone, so that it is found inside of longer ones.
  function asked(text) {
    var found = [];
    (normalised(text).match(RUNS) || []).forEach(function (run) {
      var cutUp = isWord(run) ? [run] : pairs(run);
      found = found.concat(cutUp.length ? cutUp : [run]);
    });
    return found.filter(function (piece, place) { return found.indexOf(piece) === place; });
  }

  function runs(text) {
    return normalised(text).match(RUNS) || [];
  }

  root.tktCutting = { normalised: normalised, cut: cut, asked: asked, runs: runs, isWord: isWord };
})(typeof module === "object" && module.exports ? module.exports : window);
