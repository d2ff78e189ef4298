/** Entry: exports the Worker and the class of the room objects. */

import { app } from "./api/app.ts";

export { RoomObject as Room } from "./room/room-object.ts";
export default app;
