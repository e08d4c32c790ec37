"use strict";
(async () => {
  const PER_PAGE = 50, LEVELS = ["error", "warning", "note"], VERDICTS = ["stop", "not-read", "review", "clear"], SVG = "http://www.w3.org/2000/svg";
  const main = document.getElementById("main"), languages = document.getElementById("languages");
  const report = await unpacked(document.getElementById("data"));
  const state = { lang: report.lang, page: 0, text: "", folder: "", country: "", rule: "", order: "worst", large: false, printing: false, levels: new Set([...LEVELS, "none"]) };

  async function unpacked(element) {
    const content = element.textContent;
    if (element.type === "application/json") return JSON.parse(content);
    const text = atob(content), bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  let images = null;
  function imageOf(number) {
    images = images || document.getElementById("images").textContent.split("\n");
    return "data:image/jpeg;base64," + images[number];
  }

  const t = (key) => report.texts[state.lang][key];
  const s = (index) => report.strings[index][state.lang === "ja" ? 1 : 0];
  const fill = (key, values) => t(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value !== false && value !== undefined && value !== null) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  function draw(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  /* ---- the list of documents ---- */

  const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
  const worst = (doc) => VERDICTS.indexOf(doc.verdict);
  const byWorst = (one, other) => worst(one) - worst(other) || other.counts[0] - one.counts[0] || other.counts[1] - one.counts[1] || one.at - other.at;

  function wanted(doc) {
    const levels = LEVELS.filter((_, at) => doc.counts[at] > 0);
    const shown = levels.length ? levels.some((level) => state.levels.has(level)) : state.levels.has("none");
    return shown
      && (!state.text || doc.path.toLowerCase().includes(state.text))
      && (!state.folder || doc.root.startsWith(state.folder + "/"))
      && (!state.country || doc.countries.includes(state.country))
      && (!state.rule || doc.findings.some((finding) => finding[0] === state.rule));
  }

  function prepared() {
    report.docs.forEach((doc, at) => {
      doc.at = at;
      doc.root = doc.parent < 0 ? doc.path : report.docs[doc.parent].root;
      doc.depth = doc.parent < 0 ? 0 : report.docs[doc.parent].depth + 1;
    });
  }

  function listed() {
    const docs = report.docs.filter(wanted);
    if (state.order === "worst") docs.sort(byWorst);
    return docs;
  }

  function option(value, label, chosen) { return make("option", { value, selected: value === chosen }, label); }

  function selector(key, name, options) {
    const change = (event) => { state[name] = event.target.value; state.page = 0; showRows(); };
    return make("label", {}, t(key), make("select", { onchange: change, id: "by-" + name }, ...options));
  }

  function filters() {
    const rules = Object.keys(report.rules).filter((code) => report.docs.some((doc) => doc.findings.some((one) => one[0] === code)));
    const folders = [...new Set(report.docs.filter((doc) => doc.parent < 0).map((doc) => folderOf(doc.path)).filter(Boolean))].sort();
    const countries = [...new Set(report.docs.flatMap((doc) => doc.countries))].sort();
    const boxes = [...LEVELS, "none"].map((level) => make("label", {}, make("input", {
      type: "checkbox", checked: state.levels.has(level), value: level,
      onchange: (event) => { event.target.checked ? state.levels.add(level) : state.levels.delete(level); state.page = 0; showRows(); },
    }), t("level_" + level)));
    const search = make("input", { type: "search", id: "by-text", value: state.text, oninput: (event) => {
      state.text = event.target.value.toLowerCase(); state.page = 0; showRows(); } });
    return make("form", { role: "search", "aria-label": t("filter"), onsubmit: (event) => event.preventDefault() },
      make("label", {}, t("by_path"), search),
      make("fieldset", {}, make("legend", {}, t("by_severity")), make("div", {}, ...boxes)),
      selector("by_rule", "rule", [option("", t("all"), state.rule), ...rules.map((code) => option(code, code + " " + report.rules[code].name, state.rule))]),
      selector("by_country", "country", [option("", t("all"), state.country), ...countries.map((code) => option(code, report.countries[code] ? s(report.countries[code]) : code, state.country))]),
      selector("by_folder", "folder", [option("", t("all"), state.folder), ...folders.map((folder) => option(folder, folder, state.folder))]),
      selector("order", "order", [option("worst", t("order_worst"), state.order), option("path", t("order_given"), state.order)]));
  }

  const verdictOf = (verdict) => make("strong", { class: "verdict " + verdict }, s(report.verdicts[verdict]));

  function row(doc) {
    const numbers = LEVELS.map((level, at) => make("td", { class: "number" + (doc.counts[at] ? " " + level : " soft") }, String(doc.counts[at])));
    return make("tr", { class: doc.depth > 0 && "child depth-" + Math.min(doc.depth, 5) },
      make("td", {}, make("a", { href: "#document-" + doc.at }, doc.path)),
      make("td", {}, verdictOf(doc.verdict)),
      make("td", {}, doc.highest), ...numbers);
  }

  function showRows() {
    const docs = listed(), pages = Math.max(1, Math.ceil(docs.length / PER_PAGE));
    state.page = Math.min(state.page, pages - 1);
    const first = state.page * PER_PAGE, shown = state.printing ? docs : docs.slice(first, first + PER_PAGE);
    document.getElementById("rows").replaceChildren(...shown.map(row));
    document.getElementById("count").textContent = fill("count", { number: docs.length, total: report.docs.length });
    document.getElementById("page").textContent = fill("page_of", { page: state.page + 1, pages });
    document.getElementById("before").disabled = state.page === 0;
    document.getElementById("behind").disabled = state.page === pages - 1;
  }

  function turn(step) { state.page += step; showRows(); }

  function showList() {
    const columns = ["document", "verdict", "highest"].map((key) => make("th", { scope: "col" }, t(key)));
    const numbers = LEVELS.map((level) => make("th", { scope: "col", class: "number" }, t("level_" + level)));
    main.replaceChildren(
      make("p", { id: "verdict" }, make("strong", { class: "verdict " + report.verdict }, s(report.run_verdict))),
      ...report.summary.map((line) => make("p", {}, s(line))), filters(),
      make("p", { id: "count", role: "status" }),
      make("table", {}, make("caption", { class: "soft" }, t("caption")),
        make("thead", {}, make("tr", {}, ...columns, ...numbers)), make("tbody", { id: "rows" })),
      make("div", { class: "pager" },
        make("button", { type: "button", id: "before", onclick: () => turn(-1) }, t("before")),
        make("span", { id: "page" }),
        make("button", { type: "button", id: "behind", onclick: () => turn(1) }, t("behind"))),
      make("p", { class: "soft" }, fill("made_by", { tool: report.tool, digest: report.digest })));
    showRows();
  }

  /* ---- one document ---- */

  function entry(label, content) { return content ? [make("dt", {}, t(label)), make("dd", {}, content)] : []; }

  function findingOf([code, level, message, fix, places, quotes, clause, suppressed]) {
    const name = report.rules[code] ? report.rules[code].name : "";
    return make("article", { class: "finding " + LEVELS[level] + (suppressed ? " suppressed" : "") },
      make("h4", {}, make("span", { class: "level" }, t("level_" + LEVELS[level])), " ",
        make("a", { href: "#rule-" + code }, code + " " + name)),
      make("p", {}, s(message)),
      make("dl", {}, ...entry("where", s(places)), ...entry("read", quotes.join(" / ")), ...entry("fix", s(fix)),
        ...entry("clause", s(clause)), ...entry("suppressed", suppressed)));
  }

  function box(kind, [x0, y0, x1, y1], label) {
    const margin = kind === "mark" ? 2 : 5;
    return draw("rect", { class: kind, x: x0 - margin, y: y0 - margin, width: x1 - x0 + 2 * margin, height: y1 - y0 + 2 * margin, rx: 3 },
      draw("title", {}, label));
  }

  function written([x0, y0, x1, y1], label) {
    const size = Math.min((y1 - y0) * 0.8, ((x1 - x0) * 1.5) / Math.max(1, label.length));
    return draw("text", { x: (x0 + x1) / 2, y: (y0 + y1) / 2 + size * 0.35, "font-size": size, "text-anchor": "middle" }, label);
  }

  function bars(page) {
    const drawn = [], step = page.height / 28;
    for (let at = 5; at < 22; at += 1) {
      const part = at % 6 === 4 ? 0.45 : 0.8;
      drawn.push(draw("rect", { class: "bar", x: page.width * 0.1, y: at * step, width: page.width * part, height: step * 0.35 }));
    }
    return drawn;
  }

  function edge(page, at, texts, missing, label) {
    const share = page.image !== null ? 0.035 : 0.07, margin = page.image !== null ? 0.008 : 0.03;
    const height = page.height * share, y = page.height * (at === "header" ? margin : 1 - margin - share);
    const place = { x: page.width * 0.08, y, width: page.width * 0.84, height };
    const said = missing ? fill("missing", { zone: t(at) }) : texts.join(" / ");
    const words = draw("text", { x: page.width / 2, y: y + height * 0.65, "text-anchor": "middle", class: missing ? "ghosted" : "",
      "font-size": Math.min(page.height * 0.024, (page.width * 1.5) / Math.max(8, said.length)) }, said);
    return [draw("rect", { ...place, class: missing ? "ghost" : label }), words];
  }

  function pictureOf(page) {
    const pictured = page.image !== null;
    const parts = pictured ? [draw("image", { href: imageOf(page.image), x: 0, y: 0, width: page.width, height: page.height })] : bars(page);
    for (const [kind, at, text] of [...page.boxes].sort((one, other) => (one[0] === "mark") - (other[0] === "mark"))) {
      parts.push(box(kind, at, text));
      if (kind === "mark" && !pictured) parts.push(written(at, text));
    }
    for (const at of ["header", "footer"]) {
      const missing = page.missing.includes(at), texts = page.edges[at] || [];
      if (missing || (texts.length && !pictured)) parts.push(...edge(page, at, texts, missing, texts.length ? "mark" : "edge"));
    }
    const label = s(page.label) + ": " + [...page.boxes.map((one) => one[2]), ...Object.values(page.edges).flat(), ...page.missing.map((at) => fill("missing", { zone: t(at) }))].join("; ");
    return make("li", {}, make("figure", {},
      draw("svg", { viewBox: "0 0 " + page.width + " " + page.height, role: "img", "aria-label": label }, ...parts),
      make("figcaption", {}, s(page.label))));
  }

  function shownAs(doc) {
    const enlarge = (event) => {
      state.large = !state.large;
      event.target.setAttribute("aria-pressed", String(state.large));
      document.getElementById("pages").classList.toggle("large", state.large);
    };
    return make("div", {}, make("p", { class: "soft" }, t(doc.shown_as) + (doc.why ? " " + t("why_" + doc.why) : "")),
      make("button", { type: "button", id: "enlarge", "aria-pressed": String(state.large), onclick: enlarge }, t("larger")));
  }

  function legend() {
    const entries = [["mark", "legend_marking"], ...LEVELS.map((level) => [level, "legend_" + level]), ["ghost", "legend_missing"]];
    return make("ul", { class: "legend" }, ...entries.map(([kind, key]) => make("li", {},
      draw("svg", { viewBox: "0 0 32 20", "aria-hidden": "true" }, draw("rect", { class: kind, x: 3, y: 3, width: 26, height: 14 })), " ", t(key))));
  }

  function markingsOf(doc) {
    const columns = ["marking", "classification", "where", "confidence"].map((key) => make("th", { scope: "col" }, t(key)));
    const rows = doc.markings.map(([text, classification, places, confidence]) => make("tr", {},
      make("td", {}, text), make("td", {}, classification), make("td", {}, s(places)), make("td", {}, confidence.toFixed(2))));
    return make("table", {}, make("thead", {}, make("tr", {}, ...columns)), make("tbody", {}, ...rows));
  }

  function showDocument(doc) {
    const children = report.docs.filter((other) => other.parent === doc.at);
    main.replaceChildren(
      make("p", { class: "back" }, make("a", { href: "#" }, t("back"))),
      make("h2", { id: "heading", tabindex: "-1" }, doc.path),
      make("p", {}, verdictOf(doc.verdict), " ", s(doc.outcome)),
      make("p", {}, s(doc.facts)),
      make("h3", {}, t("findings")),
      ...(doc.findings.length ? doc.findings.map(findingOf) : [make("p", { class: "good" }, t("no_findings"))]),
      ...(children.length ? [make("h3", {}, t("attachments")), make("ul", {}, ...children.map((child) =>
        make("li", {}, make("a", { href: "#document-" + child.at }, child.path))))] : []),
      ...(doc.pages.length ? [make("h3", {}, t("pages")), shownAs(doc), legend(), make("ul", { id: "pages", class: "pages" + (state.large ? " large" : "") }, ...doc.pages.map(pictureOf))] : []),
      ...(doc.left_out ? [make("p", { class: "soft" }, fill("left_out", { number: doc.left_out }))] : []),
      ...(doc.markings.length ? [make("h3", {}, t("markings")), markingsOf(doc)] : []));
    document.getElementById("heading").focus();
  }

  function showRule(code) {
    const rule = report.rules[code];
    main.replaceChildren(
      make("p", { class: "back" }, make("a", { href: "#" }, t("back"))),
      make("h2", { id: "heading", tabindex: "-1" }, code + " " + rule.name),
      make("p", {}, s(rule.title)),
      make("dl", {}, ...entry("severity", t("level_" + rule.severity)), ...entry("why", s(rule.why)), ...entry("clause", s(rule.clause)),
        ...entry("says", s(rule.message)), ...entry("fix", s(rule.fix)),
        ...entry("good_examples", rule.good.join(" · ")), ...entry("bad_examples", rule.bad.join(" · "))));
    document.getElementById("heading").focus();
  }

  /* ---- the page as a whole ---- */

  function show() {
    document.documentElement.lang = state.lang;
    document.title = t("title");
    document.querySelector("h1").textContent = t("title");
    for (const place of ["head", "foot"]) document.getElementById("banner-" + place).textContent = report.banner === null ? "" : s(report.banner);
    languages.replaceChildren(...[["en", "English"], ["ja", "日本語"]].map(([lang, name]) => make("button", {
      type: "button", lang, "aria-pressed": String(state.lang === lang), onclick: () => { state.lang = lang; show(); } }, name)));
    const [kind, name] = location.hash.slice(1).split(/-(.*)/);
    if (kind === "document" && report.docs[Number(name)]) showDocument(report.docs[Number(name)]);
    else if (kind === "rule" && report.rules[name]) showRule(name);
    else showList();
  }

  prepared();
  window.addEventListener("hashchange", () => { show(); document.getElementById("sheet").scrollTo(0, 0); });
  for (const [event, printing] of [["beforeprint", true], ["afterprint", false]]) {
    window.addEventListener(event, () => { state.printing = printing; if (document.getElementById("rows")) showRows(); });
  }
  show();
})();
