
"use strict";
(() => {
  const get = (id) => document.getElementById(id);
  const form = get("_controls"), list = get("_cards"), shown = get("_shown");
  const search = get("_search"), sort = get("_sort");
  const filters = [[get("_sees"), "sees"], [get("_lies"), "lies"]];
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const items = [...list.children].map((item, at) => {
    const card = item.firstElementChild;
    return { item, card, at, hit: card.querySelector(".hit"), text: fold(card.textContent) };
  });
  const sorts = {
    list: (a, b) => a.at - b.at,
    name: (a, b) => order(a.card.dataset.name, b.card.dataset.name) || a.at - b.at,
    where: (a, b) =>
      !a.card.dataset.where - !b.card.dataset.where ||
      order(a.card.dataset.where, b.card.dataset.where) || a.at - b.at,
  };

  // What is not known is shown, and said to be unknown; only a "no" hides a service.
  const judge = (entry, words, active) => {
    entry.verdicts = active.map(([select, name]) => entry.card.dataset[name][select.value]);
    entry.visible = words.every((word) => entry.text.includes(word)) && !entry.verdicts.includes("n");
    entry.open = entry.verdicts.includes("o");
  };
  const tell = (entry, active) => {
    entry.item.hidden = !entry.visible;
    entry.hit.hidden = active.length === 0;
    entry.hit.className = entry.open ? "hit open" : "hit yes";
    entry.hit.textContent = active
      .map(([select], at) => {
        const label = select.labels[0].textContent, asked = select.selectedOptions[0].textContent;
        return `${label} ${asked} – ${entry.verdicts[at] === "y" ? form.dataset.yes : form.dataset.unknown}`;
      })
      .join(" · ");
  };
  const count = () => {
    const visible = items.filter((entry) => entry.visible);
    const open = visible.filter((entry) => entry.open).length;
    const text = !visible.length ? form.dataset.none
      : visible.length === items.length ? form.dataset.all
        : form.dataset.some.replace("{shown}", visible.length);
    shown.textContent = open ? `${text} · ${form.dataset.open.replace("{open}", open)}` : text;
  };
  const update = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const active = filters.filter(([select]) => select.value !== "");
    items.forEach((entry) => judge(entry, words, active));
    items.forEach((entry) => tell(entry, active));
    const sorted = [...items].sort((a, b) => a.open - b.open || sorts[sort.value](a, b));
    list.append(...sorted.map((entry) => entry.item));
    count();
  };
  const reveal = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const entry = items.find((each) => each.card.id === wanted);
    if (entry && entry.item.hidden) {
      form.reset();
      update();
      entry.card.scrollIntoView();
    }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  addEventListener("hashchange", reveal);
  update();
})();
