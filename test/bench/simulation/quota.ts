/** A token bucket with a rate per second and a burst. A refused request takes no token. */
export class Quota {
  private left: number;
  private at = Date.now();
  private readonly rate: number;
  private readonly burst: number;

  constructor({ rate, burst }: { rate: number; burst: number }) {
    this.rate = rate;
    this.burst = burst;
    this.left = burst;
  }

  take(count = 1): boolean {
    const now = Date.now();
    this.left = Math.min(this.burst, this.left + ((now - this.at) * this.rate) / 1000);
    this.at = now;
    if (this.left < count) return false;
    this.left -= count;
    return true;
  }
}
