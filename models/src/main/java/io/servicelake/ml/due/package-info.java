/** Service due: when each vehicle is next due for maintenance. */
package io.servicelake.ml.due;
