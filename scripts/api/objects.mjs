/** Objects that several messages carry, shown once and then by name. */

import {
  instrumentSchema,
  leftOrderSchema,
  limitsSchema,
  openOrderSchema,
  positionSchema,
  roomSettingsSchema,
  sessionSchema,
  userSchema,
} from "#protocol";

export const objects = {
  Instrument: instrumentSchema,
  User: userSchema,
  Session: sessionSchema,
  Limits: limitsSchema,
  OpenOrder: openOrderSchema,
  LeftOrder: leftOrderSchema,
  Position: positionSchema,
  RoomSettings: roomSettingsSchema,
};
