"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const form = get("_controls"), search = get("_search"), sort = get("_sort"), shown = get("_shown");
  const selects = [...form.querySelectorAll("select")].filter((select) => select !== sort);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const bodies = [...document.querySelectorAll("table.list tbody")];
  const entries = [...document.querySelectorAll("tr.row")].map((row, at) => ({
    row, at, body: row.parentElement, codes: row.dataset.v.split(" "), place: row.dataset.place || "",
    name: row.querySelector(".q").textContent, visible: true, open: false, pinned: false, hit: "",
    text: fold([...row.querySelectorAll(".q")].map((part) => part.textContent).join(" ")),
  }));
  const orders = {
    "": (a, b) => a.at - b.at,
    name: (a, b) => compare(a.name, b.name) || a.at - b.at,
    place: (a, b) => !a.place - !b.place || compare(a.place, b.place) || a.at - b.at,
  };

  // Only a "no" hides a service. What is not known stays, and is marked as not known.
  const judge = (entry, words, active) => {
    const verdicts = active.map(([at, choice]) => entry.codes[at][choice]);
    entry.visible = entry.pinned
      || (words.every((word) => entry.text.includes(word)) && !verdicts.includes("n"));
    const isOpen = verdicts.includes("o");
    if (entry.open !== isOpen) entry.row.classList.toggle("unknown", entry.open = isOpen);
    const unknown = active.filter((_, at) => verdicts[at] === "o").map(([, , label]) => label);
    show(entry, unknown.length ? `${form.dataset.unknown}: ${unknown.join(", ")}` : "");
  };
  const show = (entry, hit) => {
    if (entry.row.hidden === entry.visible) entry.row.hidden = !entry.visible;
    if (entry.hit === hit) return;
    entry.hit = hit;
    entry.mark ??= Object.assign(document.createElement("span"), { className: "hit" });
    entry.mark.textContent = hit;
    if (hit) entry.row.firstElementChild.append(entry.mark);
    else entry.mark.remove();
  };
  let order = "";
  const arrange = () => {
    if (order !== sort.value) {
      order = sort.value;
      const sorted = [...entries].sort(orders[order]);
      for (const body of bodies) body.append(...sorted.filter((entry) => entry.body === body).map((entry) => entry.row));
    }
    const shownBodies = new Set(entries.filter((entry) => entry.visible).map((entry) => entry.body));
    for (const body of bodies) body.hidden = !shownBodies.has(body);
    for (const part of document.querySelectorAll(".part")) part.hidden = !part.querySelector("tr.row:not([hidden])");
  };
  const count = () => {
    const visible = entries.filter((entry) => entry.visible);
    const open = visible.filter((entry) => entry.open).length;
    const text = !visible.length ? form.dataset.none
      : visible.length === entries.length ? form.dataset.all
        : form.dataset.some.replace("{shown}", visible.length);
    shown.textContent = open ? `${text} · ${form.dataset.open.replace("{open}", open)}` : text;
  };
  const update = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const active = selects.flatMap((select, at) => {
      const option = select.selectedOptions[0];
      return option.value ? [[at, option.dataset.at, `${select.labels[0].textContent} ${option.textContent}`]] : [];
    });
    for (const entry of entries) judge(entry, words, active);
    arrange();
    count();
  };

  // The filters are in the address, so that a view can be sent to somebody.
  const fields = [[search, "q"], ...[...selects, sort].map((select) => [select, select.name])];
  const write = () => {
    const asked = new URLSearchParams(fields.filter(([field]) => field.value).map(([field, name]) => [name, field.value]));
    try {
      history.replaceState(null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}${location.hash}`);
    } catch { /* a browser that forbids it for a file */ }
  };
  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const [field, name] of fields) {
      const value = asked.get(name) || "";
      field.value = field === search || [...field.options].some((option) => option.value === value) ? value : "";
    }
  };
  const reveal = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* not an address of ours */ }
    for (const entry of entries) entry.pinned = entry.row.id === id;
    const entry = entries.find((each) => each.pinned);
    if (!entry) return;
    entry.row.querySelector("details").open = true;
    if (!entry.visible) update();
    entry.row.scrollIntoView({ block: "nearest" });
  };
  const toggle = (open) => {
    for (const entry of entries) entry.row.querySelector("details").open = open;
  };

  form.hidden = !entries.length;
  get("_print").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { update(); write(); });
  form.addEventListener("reset", () => setTimeout(() => { update(); write(); }));
  let areAllOpen = false;
  get("_open").addEventListener("click", (event) => {
    areAllOpen = !areAllOpen;
    event.currentTarget.textContent = areAllOpen ? form.dataset.hide : form.dataset.show;
    toggle(areAllOpen);
  });
  get("_print").addEventListener("click", () => print());
  for (const link of document.querySelectorAll("a[hreflang]")) {
    link.addEventListener("click", () => { link.search = location.search; link.hash = location.hash; });
  }
  addEventListener("hashchange", reveal);
  read();
  update();
  reveal();
})();
