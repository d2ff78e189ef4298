#!/bin/sh
# Runs workerd so that it ends with its parent, even if that is killed: no orphan may hold the port or the data.
if setpriv --pdeathsig KILL true 2>/dev/null; then
  exec setpriv --pdeathsig KILL "$WORKERD" "$@"
fi
exec "$WORKERD" "$@"
