// Starts Swagger UI. A session of ours writes with the CSRF token; a token of one's own needs none.
const place = document.querySelector("#swagger-ui");
window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  docExpansion: "none",
  onComplete() {
    document.querySelector("#servers")?.setAttribute("aria-label", place.dataset.servers);
  },
  requestInterceptor(request) {
    if (!request.headers.Authorization) request.headers["X-CSRFToken"] = place.dataset.csrf;
    return request;
  },
});
