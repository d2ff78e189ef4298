#!/bin/sh
# Runs workerd so that it ends with its parent, even if that is killed: no orphan may hold the port or the data.
# In a session of its own, so that Ctrl-C reaches the launcher alone, which closes all sockets first.
# Removes the socket of a killed runtime, which its successor could not open.
if [ -n "$ENTRANCE" ]; then rm -f "$ENTRANCE"; fi
if setsid true 2>/dev/null; then session=setsid; else session=; fi
if setpriv --pdeathsig KILL true 2>/dev/null; then
  exec $session setpriv --pdeathsig KILL "$WORKERD" "$@"
fi
exec $session "$WORKERD" "$@"
