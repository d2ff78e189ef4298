/**
 * A plugin of Miniflare that opens the socket for the guard in front: straight to the Worker, past Miniflare's entry worker.
 * That one is made for development. It takes the client's address, the URL and more from headers that anybody can
 * send, and answers at addresses of its own. On this socket nothing but the game answers.
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
