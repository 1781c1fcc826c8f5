/** How far each hand is turned at this time, in degrees. */
export function angles(time) {
  const second = time.getSeconds() + time.getMilliseconds() / 1000;
  const minute = time.getMinutes() + second / 60;
  const hour = (time.getHours() % 12) + minute / 60;
  return { hour: hour * 30, minute: minute * 6, second: second * 6 };
}
