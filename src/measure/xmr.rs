//! XmR chart: individual values with limits at mean ± 2.66 mean moving range (Wheeler, Understanding Variation, 1993).
