package io.chartflow.model.linalg;

import static io.chartflow.model.linalg.VectorTiles.LANES;

import java.util.Optional;

/**
 * Kernels on {@code jdk.incubator.vector}, for any width of vector. Each element of a product is
 * summed by fused multiply-adds in the order of the inner index, as the {@linkplain ScalarKernels
 * scalar twin} does, so both give the same bits on every machine.
 *
 * <p>Only {@link Kernels#best} may name this class: it links only where the module is present.
 */
final class VectorKernels implements Kernels {

  static final Kernels INSTANCE = new VectorKernels();

  private VectorKernels() {}

  @Override
  public String name() {
    return "vectors of %d bits".formatted(32 * LANES);
  }

  @Override
  public Optional<BlockKernels> blocks() {
    return Optional.of(new VectorBlocks());
  }

  @Override
  public void multiplyAdd(Matrix a, Matrix b, Matrix c) {
    ScalarKernels.checkProduct(a, b, c);
    VectorProduct.add(a, false, b, c);
  }

  @Override
  public void pack(Packed b) {
    Optional<Matrix> source = b.transposeOf();
    if (b.isNarrow()) {
      if (source.isPresent()) { // a lambda would be an object
        transpose(source.get(), b.matrix());
      }
      VectorDots.pack(b);
    } else if (source.isPresent()) {
      VectorPanels.packTransposed(source.get(), b);
    } else {
      VectorPanels.pack(b);
    }
  }

  @Override
  public void pack(Packed b, Packed transposed) {
    boolean narrow = b.isNarrow() || transposed.isNarrow();
    if (narrow || b.isForBlocks() || transposed.transposeOf().isEmpty()) {
      Kernels.super.pack(b, transposed);
    } else {
      VectorPanels.pack(b, transposed);
    }
  }

  @Override
  public void multiplyAdd(Matrix a, Packed b, Matrix c) {
    ScalarKernels.checkProduct(a, b.matrix(), c);
    product(a, false, b, c.data(), c.offset(), c.stride(), c);
  }

  @Override
  public void affine(Matrix a, Packed b, Matrix bias, Matrix c) {
    ScalarKernels.checkProduct(a, b.matrix(), c);
    ScalarKernels.checkBias(bias, c);
    product(a, false, b, bias.data(), bias.offset(), 0, c);
  }

  @Override
  public void reluAffine(Matrix h, Packed b, Matrix bias, Matrix c) {
    ScalarKernels.checkProduct(h, b.matrix(), c);
    ScalarKernels.checkBias(bias, c);
    product(h, true, b, bias.data(), bias.offset(), 0, c);
  }

  @Override
  public void multiplyMasked(Matrix a, Packed b, Matrix activation, Matrix c) {
    ScalarKernels.checkProduct(a, b.matrix(), c);
    ScalarKernels.checkMask(activation, c);
    product(a, false, b, VectorProduct.zeros(c.cols()), 0, 0, c);
    maskInPlace(c, activation);
  }

  private void product(
      Matrix a, boolean relu, Packed b, float[] start, int at, int step, Matrix c) {
    if (b.isNarrow()) {
      VectorDots.product(a, relu, b, start, at, step, c);
      return;
    }
    if (relu) {
      reluInPlace(a);
    }
    VectorProduct.product(a, b, start, at, step, c);
  }

  @Override
  public void multiplyRelu(Matrix a, Matrix b, Matrix c) {
    ScalarKernels.checkProduct(a, b, c);
    if (VectorFewInputs.fits(c.cols())) {
      VectorFewInputs.multiplyRelu(a, b, c);
    } else {
      Kernels.super.multiplyRelu(a, b, c);
    }
  }

  @Override
  public void reluFromTable(Matrix a, Packed b, Matrix table, int[] row, Matrix c) {
    ScalarKernels.checkProduct(a, b.matrix(), c);
    if (a.cols() == 1 || a.cols() == 2) {
      VectorRows.reluFromTable(a, b.matrix(), table, row, c);
      return;
    }
    copyRows(table, row, c);
    multiplyAdd(a, b, c);
    reluInPlace(c);
  }

  @Override
  public void multiplyTransposedAdd(Matrix a, Matrix b, Matrix c) {
    ScalarKernels.checkTransposedProduct(a, b, c);
    if (VectorFewInputs.fitsGradient(c.rows(), c.cols())) {
      VectorFewInputs.multiplyTransposedAdd(a, b, c);
    } else if (c.cols() >= LANES || c.rows() < LANES) {
      VectorProduct.add(a, true, b, c);
    } else {
      VectorProduct.addTransposed(a, b, c); // cᵀ += bᵀ·a has wide rows, and the same sums
    }
  }

  @Override
  public void reluInPlace(Matrix m) {
    if (m.stride() == m.cols()) {
      VectorRows.relu(m.data(), m.offset(), m.rows() * m.cols());
      return;
    }
    for (int i = 0; i < m.rows(); i++) {
      VectorRows.relu(m.data(), m.row(i), m.cols());
    }
  }

  @Override
  public void expInPlace(Matrix m) {
    VectorRows.exp(m.data(), m.offset(), m.rows(), m.cols(), m.stride());
  }

  @Override
  public void tanhInPlace(Matrix m) {
    VectorRows.tanh(m.data(), m.offset(), m.rows(), m.cols(), m.stride());
  }

  @Override
  public void logInPlace(Matrix m) {
    VectorLogs.log(m.data(), m.offset(), m.rows(), m.cols(), m.stride());
  }

  @Override
  public void softplusInPlace(Matrix m) {
    VectorLogs.softplus(m.data(), m.offset(), m.rows(), m.cols(), m.stride());
  }

  @Override
  public void logisticInPlace(Matrix m) {
    VectorLogs.logistic(m.data(), m.offset(), m.rows(), m.cols(), m.stride());
  }

  @Override
  public WeightKernels weights() {
    return VectorWeights.INSTANCE;
  }

  @Override
  public SplineKernels splines() {
    return VectorSplines.INSTANCE;
  }

  @Override
  public int nextBelow(float[] values, int from, int n, float bound) {
    return VectorRows.nextBelow(values, from, n, bound);
  }

  @Override
  public void maskInPlace(Matrix gradient, Matrix activation) {
    int n = gradient.cols();
    if (gradient.stride() == n && activation.stride() == n) {
      VectorRows.mask(
          gradient.data(),
          gradient.offset(),
          activation.data(),
          activation.offset(),
          gradient.rows() * n);
      return;
    }
    for (int i = 0; i < gradient.rows(); i++) {
      VectorRows.mask(gradient.data(), gradient.row(i), activation.data(), activation.row(i), n);
    }
  }

  @Override
  public void addColumnSums(Matrix m, Matrix sums) {
    VectorRows.addColumnSums(m, sums.data(), sums.offset());
  }

  @Override
  public void addRows(Matrix from, int[] to, Matrix table) {
    for (int i = 0; i < from.rows(); i++) {
      VectorRows.add(from.data(), from.row(i), table.data(), table.row(to[i]), from.cols());
    }
  }

  @Override
  public void squaredDistances(float[] point, int at, Matrix columns, float[] squared) {
    VectorRows.squaredDistances(point, at, columns, squared);
  }
}
