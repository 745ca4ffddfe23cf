/**
 * Facts at their grain, from silver. Each transform names its touch key: rows of a key depend only
 * on the input rows the key is mapped to, so that changed keys can be recomputed alone.
 */
package io.servicelake.transform.gold;
