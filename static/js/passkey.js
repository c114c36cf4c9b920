// Passkeys: a form with data-passkey asks the browser for one and posts what it answers.
// data-passkey is "create" or "get"; data-options holds what the server asks, or data-ask its address.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function create(options) {
  const asked = options.publicKey;
  const credential = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
      // Kept on the device where it can be, so that it logs in without an e-mail.
      authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    },
  });
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: {
      clientDataJSON: text(credential.response.clientDataJSON),
      attestationObject: text(credential.response.attestationObject),
    },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function get(options) {
  const asked = options.publicKey;
  const credential = await navigator.credentials.get({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      allowCredentials: known(asked.allowCredentials),
    },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function asked(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.ask, {
    headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.removeAttribute("data-waits");
  const trouble = form.querySelector("[data-trouble]");
  form.querySelector("[data-start]").addEventListener("click", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    try {
      const act = form.dataset.passkey === "create" ? create : get;
      form.elements.credential.value = JSON.stringify(await act(await asked(form)));
      form.requestSubmit();
    } catch {
      // Cancelled, timed out, or no passkey here: the browser has said which.
      trouble.hidden = false;
    }
  });
}
