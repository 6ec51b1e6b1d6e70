// What keys do on the page of the chat: Enter sends (#tenkyo-send), but not where it ends a kana-kanji
// conversion; Escape closes the form of the feedback (#tenkyo-close-feedback), stops an answer
// (#tenkyo-stop), or leads back from a source.
(() => {
  "use strict";
  const { findButton, isShown, returnToOpener } = window.tenkyo;

  function press(id) {
    const button = findButton(id);
    if (!isShown(button) || button.disabled) return false;
    button.click();
    return true;
  }

  let isComposing = false;
  let hasJustComposed = false;

  const isWrittenIn = (target, part) =>
    target instanceof HTMLTextAreaElement && target.closest(part) !== null;
  // 229 is a key that the conversion took. Safari ends the composition before it tells of the Enter
  // that ended it.
  const belongsToConversion = (event) =>
    event.isComposing || event.keyCode === 229 || isComposing || hasJustComposed;

  window.addEventListener("compositionstart", () => { isComposing = true; }, true);
  window.addEventListener("compositionend", () => {
    isComposing = false;
    hasJustComposed = true;
    setTimeout(() => { hasJustComposed = false; }, 0);
  }, true);

  // Before anyone else sees it: only here is it decided what Enter does.
  function onEnter(event) {
    if (event.key !== "Enter") return;
    const isQuestion = isWrittenIn(event.target, "#tenkyo-question");
    if (!isQuestion && !isWrittenIn(event.target, "#tenkyo-reason")) return;
    if (belongsToConversion(event)) {
      event.stopImmediatePropagation();
      if (hasJustComposed) event.preventDefault();
      return;
    }
    if (!isQuestion) return; // gradio sends the reason
    event.stopImmediatePropagation();
    if (event.shiftKey) return; // the browser makes a new line
    event.preventDefault();
    if (event.type === "keydown" && !event.repeat) press("tenkyo-send");
  }
  window.addEventListener("keydown", onEnter, true);
  window.addEventListener("keypress", onEnter, true);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || belongsToConversion(event)) return;
    if (event.target.closest?.("[role=combobox], [role=listbox], [role=dialog]")) return;
    const isInForm = event.target.closest?.("#tenkyo-feedback-form");
    if (isInForm && press("tenkyo-close-feedback")) event.preventDefault();
    else if (press("tenkyo-stop") || returnToOpener()) event.preventDefault();
  });
})();
