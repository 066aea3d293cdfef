// The search of the help centre: no server, also from a folder on a disk. Without it all articles can be browsed.
(function () {
  "use strict";
  var form = document.querySelector("form.search");
  if (!form) return;
  var input = form.querySelector("input");
  var words = form.dataset;
  var home = words.home;
  form.hidden = false;

  document.addEventListener("keydown", function (event) {
    var typing = /^(input|textarea|select)$/i.test(event.target.tagName || "") || event.target.isContentEditable;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  if (!words.articles) { // a page without results of its own: the first page shows them
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (input.value.trim()) location.href = home + "?q=" + encodeURIComponent(input.value.trim());
    });
    return;
  }

  var hint = document.querySelector(".hint");
  if (hint && window.matchMedia("(hover: hover)").matches) hint.hidden = false;
  var cutting = window.tktCutting;
  var results = document.getElementById("results");
  var list = results.querySelector("ol");
  var told = results.querySelector("[role=status]");
  var nothing = results.querySelector(".nothing");
  var browse = document.getElementById("browse");
  var language = words.language;
  var engine = null, docs = null, waiting = [], shown = "";

  // --- the articles, loaded when they are first wanted --------------------------------------------------------------
  function whenReady(then) {
    if (engine) return then();
    waiting.push(then);
    if (waiting.length > 1) return undefined;
    var script = document.createElement("script");
    script.src = words.articles;
    script.onload = build;
    script.onerror = function () { waiting = []; told.textContent = words.missing; };
    document.head.appendChild(script);
    return undefined;
  }

  function build() {
    docs = window.tktArticles.map(function (it, place) {
      return { id: place, slug: it[0], language: it[1], kin: it[2], title: it[3], words: it[4], text: it[5], mark: it[6] };
    });
    var made = new window.MiniSearch({
      fields: ["title", "words", "text"],
      tokenize: cutting.cut,
      processTerm: function (term) { return term; }
    });
    made.addAllAsync(docs, { chunkSize: 100 }).then(function () {
      engine = made;
      waiting.splice(0).forEach(function (then) { then(); });
    });
  }

  // --- what is found ------------------------------------------------------------------------------------------------
  function found(query) {
    var terms = cutting.asked(query);
    if (!terms.length) return { hits: [], partly: false };
    var hits = search(terms, "AND", false);
    if (!hits.length) hits = search(terms, "AND", true); // a slip of the pen
    if (hits.length || terms.length === 1) return { hits: settled(hits), partly: false };
    hits = search(terms, "OR", true).filter(function (hit) { return hit.queryTerms.length * 2 >= terms.length; });
    return { hits: settled(hits), partly: true };
  }

  function search(terms, how, forgiving) {
    return engine.search("x", {
      tokenize: function () { return terms; },
      processTerm: function (term) { return term; },
      combineWith: how,
      boost: { title: 6, words: 3 },
      prefix: function (term) {
        return cutting.isWord(term) ? how === "AND" || term.length > 3 : Array.from(term).length === 1;
      },
      fuzzy: function (term) {
        if (!forgiving || !cutting.isWord(term) || !/[a-z]/.test(term) || term.length < 4) return false;
        return term.length > 5 ? 2 : 1;
      },
      weights: { fuzzy: 0.2, prefix: 0.5 }
    });
  }

  // An article that is there in the reader's language stands for its translations; that language comes first.
  function settled(hits) {
    var own = hits.filter(function (hit) { return docs[hit.id].language === language; });
    var kin = {};
    own.forEach(function (hit) { kin[docs[hit.id].kin] = true; });
    return own.concat(hits.filter(function (hit) {
      return docs[hit.id].language !== language && !kin[docs[hit.id].kin];
    }));
  }

  // --- where the words stand in a text -------------------------------------------------------------------------------
  function spans(text, wanted) {
    var plain = "", places = [];
    Array.from(text).reduce(function (at, char) {
      var piece = cutting.normalised(char);
      for (var each = 0; each < piece.length; each++) places.push([at, at + char.length]);
      plain += piece;
      return at + char.length;
    }, 0);
    var marked = [];
    wanted.forEach(function (word) {
      for (var at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
        var starts = !cutting.isWord(word) || at === 0 || !/[0-9a-z]/.test(plain[at - 1]);
        if (starts) marked.push([places[at][0], places[at + word.length - 1][1]]);
      }
    });
    marked.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    return marked.reduce(function (kept, span) {
      var last = kept[kept.length - 1];
      if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
      else kept.push(span.slice());
      return kept;
    }, []);
  }

  function wantedOf(hit, query) {
    var whole = cutting.runs(query).filter(function (run) { return !cutting.isWord(run); });
    return whole.concat(hit.terms.filter(function (term) { return cutting.isWord(term) || Array.from(term).length > 1; }))
      .concat(cutting.asked(query).filter(function (term) { return Array.from(term).length === 1; }));
  }

  function excerpt(text, wanted) {
    var marked = spans(text, wanted);
    var length = language === "zh" ? 90 : 170;
    var first = marked.length ? marked[0][0] : 0;
    var start = Math.max(0, first - Math.floor(length / 4));
    if (start > 0) {
      var blank = text.slice(start, first).search(/[\s\u3002\uff0c\uff1b]/);
      if (blank >= 0) start += blank + 1;
    }
    var end = Math.min(text.length, start + length);
    if (/[\udc00-\udfff]/.test(text[start] || "")) start--;
    if (/[\ud800-\udbff]/.test(text[end - 1] || "")) end++;
    var part = marked.filter(function (span) { return span[0] >= start && span[1] <= end; });
    return { text: text, start: start, end: end, marked: part };
  }

  function write(into, piece) {
    var at = piece.start;
    if (piece.start > 0) into.append("\u2026");
    piece.marked.forEach(function (span) {
      var mark = document.createElement("mark");
      mark.textContent = piece.text.slice(span[0], span[1]);
      into.append(piece.text.slice(at, span[0]), mark);
      at = span[1];
    });
    into.append(piece.text.slice(at, piece.end));
    if (piece.end < piece.text.length) into.append("\u2026");
  }

  // --- the page -----------------------------------------------------------------------------------------------------
  function element(name, style) {
    var made = document.createElement(name);
    if (style) made.className = style;
    return made;
  }

  function row(hit, query) {
    var doc = docs[hit.id], wanted = wantedOf(hit, query);
    var item = element("li"), link = element("a", "hit"), title = element("span", "hit-title"), said = element("span", "hit-text");
    link.href = doc.slug + ".html";
    if (doc.language !== language) link.lang = doc.language === "zh" ? "zh-CN" : "en";
    write(title, { text: doc.title, start: 0, end: doc.title.length, marked: spans(doc.title, wanted) });
    if (doc.mark) {
      var mark = element("span", "badge warn");
      mark.textContent = doc.mark;
      title.append(" ", mark);
    }
    write(said, excerpt(doc.text, wanted));
    link.append(title, said);
    item.append(link);
    return item;
  }

  function show(query) {
    if (query !== shown) return;
    var answer = found(query);
    var first = answer.hits.slice(0, 20);
    list.replaceChildren.apply(list, first.map(function (hit) { return row(hit, query); }));
    told.textContent = answer.hits.length
      ? (answer.partly ? words.partly : words.found).replace("{count}", answer.hits.length)
      : words.none.replace("{query}", query);
    nothing.hidden = answer.hits.length > 0 && !answer.partly;
    browse.hidden = answer.hits.length > 0;
    var write_to = nothing.querySelector("a");
    if (write_to) write_to.href = words.contact.replace("{query}", encodeURIComponent(query));
  }

  function look() {
    var query = input.value.trim();
    shown = query;
    remember(query);
    results.hidden = !query;
    browse.hidden = !!query;
    if (!query) return;
    if (!engine) told.textContent = words.loading;
    nothing.hidden = true;
    whenReady(function () { show(query); });
  }

  function remember(query) {
    try {
      history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
    } catch (refused) {
      return; // some browsers keep the address of a file as it is
    }
  }

  function links() {
    return Array.prototype.slice.call(list.querySelectorAll("a"));
  }

  function step(event) {
    var all = links(), at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && all.length) all[Math.min(at + 1, all.length - 1)].focus();
    else if (event.key === "ArrowUp" && at > 0) all[at - 1].focus();
    else if (event.key === "ArrowUp" && at === 0) input.focus();
    else if (event.key === "Escape") { input.value = ""; look(); input.focus(); }
    else return;
    event.preventDefault();
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    look();
    whenReady(function () {
      show(input.value.trim());
      if (links().length && nothing.hidden) links()[0].click();
    });
  });
  input.addEventListener("input", function (event) { if (!event.isComposing) look(); });
  input.addEventListener("compositionend", look);
  input.addEventListener("focus", function () { whenReady(function () { return undefined; }); });
  form.addEventListener("keydown", step);
  list.addEventListener("keydown", step);
  window.addEventListener("pageshow", function () {
    var asked = new URLSearchParams(location.search).get("q");
    if (asked && !input.value) input.value = asked;
    if (input.value) look();
  });
})();
