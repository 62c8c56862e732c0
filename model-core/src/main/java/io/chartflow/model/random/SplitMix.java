package io.chartflow.model.random;

/** SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): 64 bits of state, period 2⁶⁴. Not for secrets. */
public final class SplitMix {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /** A generator that begins at {@code seed}. */
  public SplitMix(long seed) {
    this.state = seed;
  }

  /** An independent generator for the purpose numbered {@code stream}. */
  public static SplitMix forStream(long seed, long stream) {
    SplitMix random = new SplitMix(seed);
    random.toStream(seed, stream);
    return random;
  }

  /** Goes on as {@link #forStream} begins. */
  public void toStream(long seed, long stream) {
    state = mix(seed + GAMMA * (stream + 1)) ^ mix(stream + 0x632BE59BD9B4E019L);
  }

  /** The state: {@code new SplitMix(state())} goes on with the same numbers. */
  public long state() {
    return state;
  }

  /** The next 64 bits. */
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in {@code 0 … bound-1}. */
  public int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** Standard normal, by inversion. */
  public double nextGaussian() {
    return Normal.quantile(((nextLong() >>> 11) + 0.5) * 0x1.0p-53);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
