/** Measures tables against what is expected of them. */
package io.servicelake.transform.quality;
