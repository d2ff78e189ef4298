/**
 * Plugin of Miniflare that opens a socket straight to the Worker, for the guard. Miniflare's own entry worker is made
 * for development: it takes the client's address, the URL and more from headers that anybody can send, and answers at
 * addresses of its own. On this socket only the game answers.
 */

const bindingType = "unsafe:public-socket";

export const plugins = {
  "public-socket": {
    bindings: [],
    getBindings: () => [],
    getNodeBindings: () => ({}),
    getServices: ({ options: { config } }) => {
      const binding = Object.values(config.env ?? {}).find(({ type }) => type === bindingType);
      if (binding === undefined) return undefined;
      const { address } = binding.dev.options;
      const service = { name: `core:user:${config.name}` };
      const socket = { name: "public", address, service, http: {} };
      return { services: [], extensions: [], sockets: [socket] };
    },
  },
};
