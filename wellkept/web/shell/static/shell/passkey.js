// Lets a form ask this browser for a passkey: it fetches what has to be signed, hands it to the browser, and sends back
// what came of it. It keeps nothing. Without it such a form stays hidden, and the page says what else there is.
(function () {
  "use strict";
  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (one) { return one.charCodeAt(0); });
  }
  function text(buffer) {
    var plain = String.fromCharCode.apply(null, new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
  function known(list) {
    return (list || []).map(function (one) { return {type: one.type, id: bytes(one.id), transports: one.transports}; });
  }
  function asked(form, options) {
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "create") {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = known(options.excludeCredentials);
      return navigator.credentials.create({publicKey: options});
    }
    options.allowCredentials = known(options.allowCredentials);
    return navigator.credentials.get({publicKey: options});
  }
  function told(made) {
    var said = made.response;
    var response = {clientDataJSON: text(said.clientDataJSON)};
    if (said.attestationObject) { response.attestationObject = text(said.attestationObject); }
    if (said.authenticatorData && said.signature) {
      response.authenticatorData = text(said.authenticatorData);
      response.signature = text(said.signature);
      response.userHandle = said.userHandle ? text(said.userHandle) : undefined;
    }
    return JSON.stringify({
      id: made.id, rawId: text(made.rawId), type: made.type, response: response,
      clientExtensionResults: made.getClientExtensionResults()
    });
  }
  function send(form, said) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = "credential";
    field.value = said;
    form.appendChild(field);
    form.submit();
  }
  function begin(form) {
    var trouble = form.querySelector("[data-trouble]");
    var button = form.querySelector("button");
    trouble.hidden = true;
    button.disabled = true;
    fetch(form.dataset.options, {method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin"})
      .then(function (answer) {
        if (!answer.ok) { throw new Error("refused"); }
        return answer.json();
      })
      .then(function (options) { return asked(form, options); })
      .then(function (made) {
        send(form, told(made));
      })
      .catch(function () {
        trouble.hidden = false;
        button.disabled = false;
      });
  }
  if (!window.PublicKeyCredential || !navigator.credentials) { return; }
  document.querySelectorAll("[data-without-passkeys]").forEach(function (one) { one.hidden = true; });
  document.querySelectorAll("form[data-passkey]").forEach(function (form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      begin(form);
    });
  });
}());
