"use strict";
(() => {
  const root = document.documentElement;
  const text = document.getElementById("text");
  const facts = document.getElementById("facts");
  const status = document.getElementById("status");
  const entries = [...facts.querySelectorAll(".e")];
  const documentOrder = new Map(entries.map((entry, number) => [entry, number]));
  const state = { filter: "all", current: null, here: [], shown: [] };
  root.classList.add("js");

  // The marks of each entry in the text, gathered once.
  const marks = new Map();
  for (const mark of text.querySelectorAll("[data-f]"))
    for (const id of mark.dataset.f.split(" ")) {
      if (!marks.has(id)) marks.set(id, []);
      marks.get(id).push(mark);
    }
  const marksOf = (id) => marks.get(id) || [];
  const link = (entry) => entry.querySelector(":scope > .row .go");
  const above = (entry) => entry.parentElement.closest(".e");

  // What the reviewer has ticked: kept in this browser, for this state of the review.
  const key = `sosei-review-${root.dataset.key}`;
  const box = (entry) => entry.querySelector(":scope > .row .tick input");
  const isTicked = (entry) => box(entry).checked;

  const remembered = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) || [];
    } catch {
      return []; // no storage, or not ours
    }
  };

  const count = () => {
    const done = entries.filter(isTicked);
    document.getElementById("done-count").textContent = done.length.toLocaleString("en");
    document.getElementById("open-count").textContent = (entries.length - done.length).toLocaleString("en");
    document.getElementById("progress").value = done.length;
    return done;
  };

  // An indicator is compared together with its values.
  const tick = (entry, ticked) => {
    const steady = entry.querySelector(":scope > ul[data-steady]");
    for (const each of [entry, ...(steady ? steady.querySelectorAll(".e") : [])]) {
      box(each).checked = ticked;
      each.classList.toggle("ticked", ticked);
    }
    const done = count();
    try {
      localStorage.setItem(key, JSON.stringify(done.map((each) => each.id)));
    } catch {
      // Without storage the ticks last as long as the page.
    }
    if (done.length === entries.length) status.textContent = root.lang === "en" ? "Everything is checked." : "すべて確かめました。";
  };

  // Which entries are shown: those that the filter means, and those above them, for their context.
  const means = (entry) =>
    state.filter === "all" ||
    (state.filter === "open" ? !isTicked(entry) : (entry.dataset.k || "").split(" ").includes(state.filter));

  const list = () => {
    state.shown = [...facts.querySelectorAll(".e:not([hidden], .context)")];
  };

  const show = (filter) => {
    state.filter = filter;
    const shown = new Set(entries.filter(means));
    const context = new Set();
    for (const entry of shown)
      for (let up = above(entry); up && !context.has(up); up = above(up)) context.add(up);
    for (const entry of entries) {
      entry.hidden = !shown.has(entry) && !context.has(entry);
      entry.classList.toggle("context", !shown.has(entry) && context.has(entry));
    }
    for (const [id, kind] of [["unread", "unread"], ["document-findings", "finding"]]) {
      const section = document.getElementById(id);
      const wanted = filter === "all" || filter === kind || (filter === "open" && kind === "unread");
      if (section) section.hidden = !wanted;
    }
    const whole = document.getElementById("document-findings");
    document.getElementById("nothing").hidden = shown.size > 0 || Boolean(whole && !whole.hidden);
    for (const button of facts.querySelectorAll("[data-filter]"))
      button.setAttribute("aria-pressed", String(button.dataset.filter === filter));
    list();
    status.textContent = "";
  };

  // The order: among siblings, what holds the most doubtful fact first. The values of an indicator stay together,
  // and single facts (a period, a party) stay before what has parts.
  const sort = (order) => {
    const rank = (entry) =>
      order === "doubt" ? (entry.classList.contains("group") ? Number(entry.dataset.worst) : -1) : 0;
    for (const siblings of facts.querySelectorAll("ul.parts:not([data-steady])")) {
      const items = [...siblings.children];
      items.sort((one, two) => rank(one) - rank(two) || documentOrder.get(one) - documentOrder.get(two));
      siblings.append(...items);
    }
    for (const button of facts.querySelectorAll("[data-order]"))
      button.setAttribute("aria-pressed", String(button.dataset.order === order));
    list();
  };

  // What lies between here and there is laid out only when it comes near, and moves the aim: it is taken again
  // in each frame until it holds.
  const settle = (off, move) => {
    let held = 0;
    let frames = 0;
    const again = () => {
      const by = off();
      if (Math.abs(by) > 1) move(by);
      held = Math.abs(by) > 1 ? 0 : held + 1;
      frames += 1;
      if (held < 3 && frames < 40) requestAnimationFrame(again);
    };
    again();
  };

  let textAim = 0;
  const showInText = (mark) => {
    const mine = ++textAim;
    const off = () => {
      if (mine !== textAim) return 0;
      const at = mark.getBoundingClientRect();
      const room = text.clientHeight - Math.min(at.height, text.clientHeight);
      return at.top - text.getBoundingClientRect().top - room * 0.4;
    };
    settle(off, (by) => {
      const before = text.scrollTop;
      text.scrollTop += by;
      if (text.scrollTop === before) textAim += 1; // it cannot come nearer: the beginning or the end
    });
  };

  let factAim = 0;
  const showInFacts = (row, centred) => {
    const mine = ++factAim;
    const off = () => {
      if (mine !== factAim) return 0;
      const at = row.getBoundingClientRect();
      const narrow = getComputedStyle(facts).order === "2";
      const top = (narrow ? text.clientHeight : facts.querySelector(".tools").offsetHeight) + 8;
      if (!centred && at.top >= top && at.bottom <= innerHeight) return 0;
      if (!centred && at.top > top) return Math.min(at.top - top, at.bottom - innerHeight + 8);
      return at.top - (centred ? (top + innerHeight - at.height) / 2 : top);
    };
    settle(off, (by) => {
      const before = scrollY;
      scrollBy(0, by);
      if (scrollY === before) factAim += 1;
    });
  };

  const say = () => {
    const place = `${state.shown.indexOf(state.current) + 1} / ${state.shown.length}`;
    const many = state.here.length;
    const here = root.lang === "en" ? ` – ${many} facts stand here` : `　ここに ${many} 件の事実`;
    status.textContent = place + (many > 1 ? here : "");
  };

  const select = (entry) => {
    if (state.current) {
      state.current.removeAttribute("aria-current");
      for (const mark of marksOf(state.current.id)) mark.classList.remove("on");
      link(state.current).tabIndex = box(state.current).tabIndex = -1;
    }
    state.current = entry;
    entry.setAttribute("aria-current", "true");
    for (const mark of marksOf(entry.id)) mark.classList.add("on");
    link(entry).tabIndex = box(entry).tabIndex = 0;
    say();
  };

  // From a fact to its places in the text; a box in an open picture counts as one.
  const choose = (entry) => {
    forgetHere();
    select(entry);
    link(entry).focus({ preventScroll: true });
    showInFacts(entry.firstElementChild, false);
    const places = marksOf(entry.id);
    const first = places.find((mark) => !mark.closest("details:not([open])"));
    if (first) showInText(first);
  };

  const forgetHere = () => {
    for (const entry of state.here) entry.classList.remove("near");
    state.here = [];
  };

  // From a place in the text to the facts there: the narrowest first, the next one with each further click.
  const showFactsAt = (mark) => {
    const extent = (entry) => marksOf(entry.id).reduce((sum, each) => sum + each.textContent.length, 0);
    const found = mark.dataset.f.split(" ").map((id) => document.getElementById(id));
    found.sort((one, two) => extent(one) - extent(two));
    if (found.some((entry) => entry.hidden)) show("all");
    forgetHere();
    state.here = found;
    for (const entry of found) entry.classList.add("near");
    select(found[(found.indexOf(state.current) + 1) % found.length]);
    showInFacts(state.current.firstElementChild, true);
  };

  const tickAndGoOn = () => {
    const entry = state.current;
    if (!entry) return step(1);
    tick(entry, !isTicked(entry));
    if (!isTicked(entry)) return;
    // Past the values that were ticked with their indicator.
    const at = state.shown.indexOf(entry);
    const next = state.shown.slice(at + 1).find((each) => !entry.contains(each) || !isTicked(each));
    if (next) choose(next);
  };

  const step = (by) => {
    const at = state.shown.indexOf(state.current);
    const next = at < 0 ? (by > 0 ? 0 : state.shown.length - 1) : at + by;
    if (state.shown[next]) choose(state.shown[next]);
  };

  const speak = (lang) => {
    if (root.lang !== lang) {
      for (const said of document.querySelectorAll("[data-other]")) {
        const other = said.dataset.other;
        said.dataset.other = said.textContent;
        said.textContent = other;
      }
      for (const said of document.querySelectorAll("[data-other-label]")) {
        const other = said.dataset.otherLabel;
        said.dataset.otherLabel = said.getAttribute("aria-label");
        said.setAttribute("aria-label", other);
      }
      root.lang = lang;
    }
    for (const button of document.querySelectorAll("[data-lang]"))
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    if (state.current) say();
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    const button = target.closest("button");
    if (button && button.dataset.lang) return speak(button.dataset.lang);
    if (button && button.dataset.order) return sort(button.dataset.order);
    if (button && button.dataset.filter) {
      forgetHere();
      return show(button.dataset.filter);
    }
    const mark = target.closest("#text [data-f]");
    if (mark) return showFactsAt(mark);
    if (target.closest(".tick")) return;
    const row = target.closest(".row");
    if (!row || String(getSelection())) return;
    event.preventDefault();
    choose(row.parentElement);
  });

  facts.addEventListener("change", (event) => {
    const entry = event.target.closest(".e");
    if (entry) tick(entry, event.target.checked);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!document.getElementById("use-keys").checked) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      step(event.key === "j" ? 1 : -1);
    }
    if (event.key === "x") {
      event.preventDefault();
      tickAndGoOn();
    }
  });

  for (const id of remembered()) {
    const entry = document.getElementById(id);
    if (entry && entry.classList.contains("e")) {
      box(entry).checked = true;
      entry.classList.add("ticked");
    }
  }
  count();
  sort("doubt");
  show("all");
  // One stop for the Tab key; j and k go on from there.
  for (const entry of entries) link(entry).tabIndex = -1;
  if (state.shown.length) link(state.shown[0]).tabIndex = 0;
  speak(root.lang);
})();
